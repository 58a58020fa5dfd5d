import { describe, expect, it } from "vitest";
import { bytesOf, HEADER, init, observe, packet } from "../../../../test/peer-connections.ts";
import { LINES, saidBy, wireEnding, wirePair } from "../../../../test/wire-ending.ts";

const FLAGS = { none: 0, zlib: 2, zstd: 4 } as const;
type Method = keyof typeof FLAGS;
/** A byte behind the configuration: memory is set up before packets come. */
const LOADING = bytesOf(HEADER, Uint8Array.of(1));

const side = (channels: number, method: Method = "none", on = true) => ({
  capabilities: { multifd: on },
  parameters: { "multifd-channels": channels, "multifd-compression": method },
});
const pairsTo = (to: string) => LINES.map((from) => [from, to] as const);
const known = (versions: readonly string[], method: Method) =>
  method === "none" || versions.every((version) => method !== "zstd" || version !== "5.2.0");

describe("multifd of one side only", () => {
  it.each(LINES)("to %s: a destination that waits for channels is stuck", (to) => {
    for (const versions of pairsTo(to)) {
      const { outcome, destination, rule } = wireEnding(wirePair(versions, {}, side(2)));
      const { open } = observe(versions[1], side(2), [HEADER]);
      expect([outcome, destination.state, rule]).toEqual([
        "guest-stuck",
        open.status,
        "MULTIFD_ON_BOTH_SIDES",
      ]);
    }
  });

  it.each(LINES)("to %s: a source that has it alone never completes", (to) => {
    for (const versions of pairsTo(to)) {
      for (const channels of [1, 2, 4]) {
        const { outcome, source } = wireEnding(wirePair(versions, side(channels), {}));
        expect(outcome === "hangs" ? source.state : outcome).toMatch(/^(?:setup|fails)$/);
      }
    }
  });
});

describe("multifd-compression that differs", () => {
  const methods = Object.keys(FLAGS) as Method[];
  const differing = methods.flatMap((sent) =>
    methods.flatMap((own) => (sent === own ? [] : [[sent, own] as const])),
  );

  it.each(LINES)("to %s: is refused, or loses the guest, with the receiver's words", (to) => {
    for (const versions of pairsTo(to)) {
      for (const [sent, own] of differing) {
        if (!known(versions, sent) || !known(versions, own)) continue;
        const { outcome, alternatives, destination } = wireEnding(
          wirePair(versions, side(1, sent), side(1, own)),
        );
        const connections = [LOADING, bytesOf(init(0), packet({ flags: FLAGS[sent], normal: 1 }))];
        const { stopped } = observe(versions[1], side(1, own), connections);
        expect(stopped).not.toBeNull();
        expect([outcome, ...alternatives]).toContain("fails");
        expect(saidBy(destination).length).toBeGreaterThan(0);
      }
    }
  });

  it("tells the flags that the receiver tells", () => {
    const { closed } = observe("10.0.13", side(1), [
      LOADING,
      bytesOf(init(0), packet({ flags: 2, normal: 1 })),
    ]);
    const { destination } = wireEnding(wirePair(["10.0.13", "10.0.13"], side(1, "zlib"), side(1)));
    const last = closed.stderr.split("\n").at(-1) ?? "?";
    expect(last).toBe("multifd 0: flags received 2 flags expected 0");
    expect(saidBy(destination).some((text) => text.endsWith(last))).toBe(true);
  });
});

describe("multifd packets of other layouts", () => {
  const machine = "pc-i440fx-2.12";
  const on = { machine, capabilities: { multifd: true, "x-multifd": true } };
  const old = init(0).slice(0, 25);

  it("never complete between 3.x and later releases", () => {
    for (const [from, to] of [
      ["3.1.0", "4.0.0"],
      ["3.0.0", "7.2.22"],
      ["4.0.0", "3.1.0"],
      ["7.2.22", "3.0.0"],
    ] as const)
      expect(wireEnding(wirePair([from, to], on, on))).toMatchObject({
        outcome: "fails",
        rule: "MULTIFD_PACKETS_ALIKE",
      });
    expect(wireEnding(wirePair(["3.0.0", "3.1.0"], on, on)).rule).toBeNull();
    expect(wireEnding(wirePair(["4.0.0", "7.2.22"], on, on)).rule).toBeNull();
  });

  it("are not taken by the receiver either", () => {
    const options = { capabilities: { multifd: true }, parameters: { "multifd-channels": 1 } };
    const { stopped } = observe("7.2.22", options, [
      LOADING,
      bytesOf(old, packet({ flags: 1 }), packet({ flags: 1 })),
    ]);
    expect(stopped).toMatchObject({ connection: 1 });
  });

  it("differ in 3.x with the number of pages", () => {
    const pages = (count: number) => ({ ...on, parameters: { "x-multifd-page-count": count } });
    expect(wireEnding(wirePair(["3.1.0", "3.1.0"], pages(16), pages(32))).rule).toBe("MULTIFD_PACKETS_ALIKE");
    expect(wireEnding(wirePair(["3.1.0", "3.1.0"], pages(16), on)).rule).toBeNull();
  });
});

describe("more connections than are kept waiting", () => {
  const outcome = (from: string, to: string, sent: number, own: number) =>
    wireEnding(wirePair([from, to], side(sent), own > 0 ? side(own) : {})).outcome;

  it("hang both sides, as seen, where the destination looks at the main channel first", () => {
    for (const from of ["5.2.0", "7.2.22", "10.0.13", "11.1.3"]) {
      expect([outcome(from, "10.0.13", 4, 2), outcome(from, "11.1.3", 4, 2)]).toEqual(["hangs", "hangs"]);
      expect([outcome(from, "7.2.22", 4, 2), outcome(from, "11.1.3", 3, 2)]).toEqual(["fails", "fails"]);
      expect([outcome(from, "11.1.3", 4, 0), outcome(from, "11.1.3", 2, 0)]).toEqual(["hangs", "fails"]);
      expect(outcome(from, "10.0.13", 4, 0)).toBe("fails");
    }
  });

  it("say what the destination says once the source is given up", () => {
    const ending = wireEnding(wirePair(["10.0.13", "11.1.3"], side(4), side(2)));
    expect(ending).toMatchObject({
      stage: "setup",
      source: { state: "setup", error: null },
      destination: { state: "setup", error: "Failed to peek at channel" },
    });
  });
});
