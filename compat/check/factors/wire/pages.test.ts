import { describe, expect, it } from "vitest";
import { bytesOf, HEADER, init, observe, packet } from "../../../../test/peer-connections.ts";
import { LINES, PAIRS, saidBy, wireEnding, wirePair } from "../../../../test/wire-ending.ts";
import { valueAt } from "../../../facts/fact.ts";
import { RAM_SECTION } from "../../../facts/qemu/return-path/source-errors.ts";
import { createDestination } from "../../../peers/destination/destination.ts";
import { qemuPeer } from "../../../peers/peer.ts";
import { atLeast } from "../../../releases.ts";

const MACHINE = "pc-i440fx-5.2";
const SLOW = { "max-bandwidth": 1_500_000, "downtime-limit": 1 };
const multifd = (parameters: object = {}, machine = MACHINE) => ({
  machine,
  capabilities: { multifd: true },
  parameters: { ...parameters },
});

/** What a release keeps of a packet that lists one zero page. */
function losesZeroPages(version: string): boolean {
  const zero = packet({});
  new DataView(zero.buffer).setUint32(32, 1);
  const options = { ...multifd(), parameters: { "multifd-channels": 1 }, memoryMiB: 32 };
  const peer = createDestination(qemuPeer(`qemu-${version}`, options));
  for (const bytes of [bytesOf(HEADER, Uint8Array.of(1)), bytesOf(init(0), zero)])
    peer.push(peer.connect(), bytes);
  return peer.losses().length > 0;
}

describe("zero pages of multifd", () => {
  it.each(PAIRS)("from %s to %s are lost where the receiver loses them", (...versions) => {
    const [from, to] = versions;
    const set = multifd({ ...SLOW, "zero-page-detection": "multifd" });
    const { outcome, alternatives, rule } = wireEnding(wirePair(versions, set, multifd()));
    const lost = atLeast(from, "9.0") && losesZeroPages(to);
    expect(rule === "MULTIFD_ZERO_PAGES_UNDERSTOOD").toBe(lost);
    if (lost) expect([outcome, alternatives]).toEqual(["corrupts", ["completes"]]);
  });

  it("are never called fine, whatever the passes", () => {
    const set = multifd({ "zero-page-detection": "multifd" });
    const ending = wireEnding(wirePair(["10.0.13", "7.2.22"], set, multifd()));
    expect(ending).toMatchObject({ outcome: "completes", alternatives: ["corrupts"] });
    expect(ending.words).toMatch(
      /Both sides call this migration completed, and the guest's RAM can be damaged/,
    );
    const large = wireEnding(wirePair(["10.0.13", "7.2.22"], { ...set, memoryMiB: 4096 }, multifd()));
    expect(large.outcome).toBe("corrupts");
  });

  it("are on the main channel by machine type, or when told so", () => {
    const rule = (source: object) => wireEnding(wirePair(["10.0.13", "7.2.22"], source, multifd())).rule;
    expect(rule(multifd())).toBeNull();
    expect(rule(multifd({ "zero-page-detection": "legacy" }, "pc-q35-9.0"))).toBeNull();
    expect(rule(multifd({ "zero-page-detection": "none" }))).toBeNull();
    expect(rule(multifd({}, "pc-q35-9.0"))).toBe("MULTIFD_ZERO_PAGES_UNDERSTOOD");
  });

  it("are marked with their compression by releases that mend it", () => {
    const words = (from: string) =>
      wireEnding(
        wirePair(
          [from, "11.1.3"],
          multifd({ "multifd-compression": "zlib", "zero-page-detection": "multifd" }),
          multifd({ "multifd-compression": "zlib" }),
        ),
      ).words;
    expect(words("9.1.0")).toMatch(/without the flag of zlib/);
    expect(words("10.0.13")).toBe("");
  });
});

describe("rounds of multifd", () => {
  it("from releases before 9.0 were seen to go wrong with 10.0.13", () => {
    const ending = (from: string, to: string, parameters: object, more: object = {}) =>
      wireEnding(wirePair([from, to], { ...multifd(parameters), ...more }, multifd()));
    expect(ending("7.2.22", "10.0.13", SLOW)).toMatchObject({
      outcome: "corrupts",
      alternatives: ["completes"],
    });
    expect(ending("7.2.22", "10.0.13", {}, { memoryMiB: 4096 })).toMatchObject({ outcome: "completes" });
    expect(ending("7.2.22", "10.0.13", {}).words).toMatch(/the cause is not known/);
    expect(ending("10.0.13", "10.0.13", SLOW)).toMatchObject({ outcome: "completes", words: "" });
  });
});

describe("pages of xbzrle", () => {
  it.each(PAIRS)("from %s to %s need nothing of the destination", (...versions) => {
    for (const [source, destination] of [
      [{ capabilities: { xbzrle: true } }, {}],
      [{}, { capabilities: { xbzrle: true } }],
    ])
      expect(wireEnding(wirePair(versions, source ?? {}, destination ?? {})).words).toBe("");
  });
});

describe("pages of compress", () => {
  const LAST = LINES.filter((version) => !atLeast(version, "9.1"));

  it.each(LAST)("of %s are refused in the receiver's words", (from) => {
    for (const to of LINES) {
      const ending = wireEnding(wirePair([from, to], { capabilities: { compress: true } }, {}));
      expect(ending).toMatchObject({
        outcome: "fails",
        stage: "precopy",
        rule: "COMPRESSED_PAGES_UNDERSTOOD",
      });
      const [said = ""] = saidBy(ending.destination);
      const known = observe(to, {}, [compressed(ramSection(from))]).closed.stderr;
      expect(said).toBe(known);
    }
  });

  it.each(LAST)("of %s are taken by releases that have it on", (from) => {
    for (const to of LAST) {
      const on = { capabilities: { compress: true } };
      expect(wireEnding(wirePair([from, to], on, on)).rule).toBeNull();
    }
  });
});

const ramSection = (version: string) => valueAt(RAM_SECTION, version, "later") ?? 0;

/** RAM begins, and its second section has a page for zlib. */
function compressed(id: number): Uint8Array {
  const word = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  const idstr = [...new TextEncoder().encode("ram")];
  const block = [...new TextEncoder().encode("pc.ram")];
  const size = 32 << 20;
  const list = [...word(0), ...word(size + 4), block.length, ...block, ...word(0), ...word(size)];
  const end = [...word(0), ...word(16), 0x7e, ...word(id)];
  const start = [1, ...word(id), idstr.length, ...idstr, ...word(0), ...word(4), ...list, ...end];
  const page = [...word(0), ...word(8), block.length, ...block, ...new Array(4096).fill(0)];
  const part = [
    2,
    ...word(id),
    ...page,
    ...word(0),
    ...word(0x1000 + 0x120),
    ...word(8),
    ...new Array(8).fill(0),
  ];
  return bytesOf(HEADER, Uint8Array.from([...start, ...part]));
}
