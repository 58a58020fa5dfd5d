import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { PeerProcess, Seen, Stop } from "../peers/ending.ts";
import type { QemuPeer } from "../peers/peer.ts";
import { type Against, releasesFor } from "./against.ts";
import { checkProposal } from "./check.ts";
import { groupResults, spans } from "./groups.ts";
import type { StartPeer } from "./observe.ts";
import { parseProposal } from "./parse.ts";
import { breakagesOf } from "./summary.ts";

const ROOT = new URL("../../proposals/", import.meta.url);
const load = (name: string) => parseProposal(readFileSync(new URL(`${name}.yaml`, ROOT), "utf8"));
const AGAINST: Against = { qemu: ["5.2", "7.2", "10.0"], libvirt: ["0.9.0", "0.9.5", "3.4.0", "12.8.0"] };

/** What a made-up peer does with the bytes it has by now: where it stops, and as what. */
type Script = (
  bytes: Uint8Array,
  peer: QemuPeer,
) => { stop: Stop; seen?: Partial<Seen>; unknown?: string } | null;

const WELL: Seen = {
  status: "active",
  errorDesc: null,
  stderr: "",
  exit: null,
  alive: true,
  monitorDead: false,
};

function fake(script: Script): StartPeer {
  return (peer) => {
    const bytes: number[] = [];
    let connections = 0;
    const now = () => script(Uint8Array.from(bytes), peer);
    const process: PeerProcess = {
      connect: () => connections++,
      push: (connection, chunk) => {
        if (connection === 0) bytes.push(...chunk);
      },
      close: () => {},
      seen: () => ({ ...WELL, ...now()?.seen }),
      stopped: () => now()?.stop ?? null,
      alternatives: () => [],
      replies: () => new Uint8Array(0),
      losses: () => [],
      unknown: () => now()?.unknown ?? null,
    };
    return process;
  };
}

const stopAt = (offset: number, path: string): Stop => ({ connection: 0, offset, path });
const refusesType8: Script = (bytes) =>
  bytes[1] === 8
    ? { stop: stopAt(0, "ReturnPathHeader.type"), seen: { status: "failed", stderr: "RP: no" } }
    : null;

describe("checkProposal", () => {
  it("tells what was sent, where it stops and what is said", () => {
    const checked = checkProposal(load("return-path-keepalive"), AGAINST, fake(refusesType8));
    expect(checked).toMatchObject({ breaks: true, peers: { asked: 3, concerned: 3 } });
    expect(checked.results).toHaveLength(6);
    expect(checked.results[0]).toMatchObject({
      peer: "qemu-5.2",
      side: "source",
      state: "precopy",
      gate: "none",
      outcome: "aborts",
      breaks: true,
      rule: { id: "RETURN_PATH_TYPE_KNOWN", promise: "BITSTREAM" },
      proof: { bytes: "00080000", offset: 0, text: "RP: no", stop: { path: "ReturnPathHeader.type" } },
    });
    const [breakage] = breakagesOf(checked);
    expect(breakage?.peers).toEqual(["qemu-5.2", "qemu-7.2", "qemu-10.0"]);
    expect(breakage?.remedies.map(({ kind }) => kind)).toContain("transport-keepalive");
  });

  it("holds a gated proposal against peers with the gate off and on", () => {
    const checked = checkProposal(load("return-path-keepalive-off-by-default"), AGAINST, fake(refusesType8));
    expect(checked.breaks).toBe(false);
    expect(checked.results.map(({ gate, outcome }) => `${gate} ${outcome}`)).toEqual(
      AGAINST.qemu.flatMap(() => ["off ignored", "on aborts"]),
    );
    expect(breakagesOf(checked)).toMatchObject([
      { level: "warning", rule: { id: "RETURN_PATH_TYPE_KNOWN" } },
    ]);
    const proposal = load("return-path-keepalive-off-by-default");
    const on = { ...proposal, gate: { parameter: "p", default: 500, off: 0, on: 500 } };
    expect(checkProposal(on, AGAINST, fake(refusesType8)).breaks).toBe(true);
  });

  it.each<[string, Script, string]>([
    [
      "aborts",
      (bytes) => (bytes[1] === 8 ? { stop: stopAt(0, "x"), seen: { exit: -11, alive: false } } : null),
      "aborts",
    ],
    [
      "hangs",
      (bytes) => (bytes[1] === 8 ? { stop: stopAt(0, "x"), seen: { monitorDead: true } } : null),
      "hangs",
    ],
    [
      "misread",
      (bytes) =>
        bytes[1] === 8 ? { stop: stopAt(6, "ReturnPathHeader.length"), seen: { status: "failed" } } : null,
      "misread",
    ],
    [
      "unknown",
      (bytes) => (bytes[1] === 8 ? { stop: stopAt(0, "x"), unknown: "who knows" } : null),
      "unknown",
    ],
    ["ignored", () => null, "ignored"],
    [
      "accepted",
      (bytes) => (bytes[1] === 8 ? { stop: null as never, seen: { stderr: "thanks" } } : null),
      "accepted",
    ],
  ])("calls it %s", (_, script, outcome) => {
    const { results } = checkProposal(load("return-path-keepalive"), AGAINST, fake(script));
    expect(new Set(results.map((result) => result.outcome))).toEqual(new Set([outcome]));
  });

  it("has nothing to run for a transport option", () => {
    const never: StartPeer = () => {
      throw new Error("started");
    };
    const checked = checkProposal(load("tcp-keepalive"), AGAINST, never);
    expect(checked).toMatchObject({ breaks: false, peers: { asked: 3, concerned: 3 } });
  });

  it("leaves out releases that have no such channel", () => {
    const checked = checkProposal(
      load("witnesses/newer-multifd-init"),
      { qemu: ["2.5", "3.1", "4.0"], libvirt: [] },
      fake(() => null),
    );
    expect(checked.peers).toEqual({ asked: 3, concerned: 1 });
  });
});

describe("save headers", () => {
  const outcomes = (name: string) =>
    checkProposal(
      load(name),
      AGAINST,
      fake(() => null),
    ).results.map(({ peer, state, outcome, rule }) => `${peer} ${state} ${outcome} ${rule?.id ?? ""}`.trim());

  it("with a word more are ignored, and later misread", () => {
    expect(outcomes("save-header-complete-word")).toEqual([
      "libvirt-0.9.0 finished ignored",
      "libvirt-0.9.0 unfinished ignored SAVE_HEADER_BROKEN_IMAGE_REFUSED",
      "libvirt-0.9.5 finished ignored",
      "libvirt-0.9.5 unfinished ignored SAVE_HEADER_BROKEN_IMAGE_REFUSED",
      "libvirt-3.4.0 finished ignored",
      "libvirt-3.4.0 unfinished ignored SAVE_HEADER_BROKEN_IMAGE_REFUSED",
      "libvirt-12.8.0 finished misread SAVE_HEADER_FINISHED_IMAGE_RESTORED",
      "libvirt-12.8.0 unfinished misread SAVE_HEADER_BROKEN_IMAGE_REFUSED",
    ]);
  });

  it.each(["save-header-zeroed-magic", "save-header-partial-magic"])("of %s are refused by all", (name) => {
    expect(new Set(outcomes(name).map((line) => line.replace(/^\S+ /, "")))).toEqual(
      new Set(["finished ignored", "unfinished refused"]),
    );
    expect(
      checkProposal(
        load(name),
        releasesFor([]),
        fake(() => null),
      ).breaks,
    ).toBe(false);
  });

  it("have room", () => {
    expect(
      checkProposal(
        load("witnesses/field-in-save-header-unused"),
        releasesFor([]),
        fake(() => null),
      ).breaks,
    ).toBe(false);
  });
});

describe("releases", () => {
  it("are chosen by line, version and range", () => {
    expect(releasesFor(["qemu-5.2..qemu-6.1"]).libvirt).toEqual([]);
    expect(releasesFor(["libvirt-9.0.0"])).toEqual({ qemu: [], libvirt: ["9.0.0"] });
    const range = releasesFor(["qemu-5.2..6.1"]).qemu;
    expect(range[0]).toMatch(/^5\.2/);
    expect(range.at(-1)).toMatch(/^6\.1/);
    expect(releasesFor([]).qemu[0]).toMatch(/^2\.5/);
    expect(releasesFor([]).libvirt.length).toBeGreaterThan(100);
  });

  it.each(["qemu", "qemu-99.0", "xen-4.0", "qemu-2.4", "qemu-8.0..qemu-5.2", "qemu-5.2..libvirt-9.0.0"])(
    "%s is refused",
    (text) => expect(() => releasesFor([text])).toThrow(RangeError),
  );

  it("are grouped where they do the same", () => {
    const { results } = checkProposal(load("return-path-keepalive"), AGAINST, fake(refusesType8));
    expect(groupResults(results).map(({ peers }) => peers.length)).toEqual([3, 3]);
    expect(spans(releasesFor(["qemu-5.2..qemu-7.2"]).qemu.map((version) => `qemu-${version}`))).toMatch(
      /^qemu 5\.2 to 7\.2\.\d+$/,
    );
    expect(spans(["qemu-10.0", "qemu-5.2"])).toBe("qemu 5.2, 10.0");
    expect(spans(["libvirt-0.9.4", "libvirt-0.9.5"])).toBe("libvirt 0.9.4 to 0.9.5");
  });
});
