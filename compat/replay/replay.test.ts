import { describe, expect, it } from "vitest";
import { MultifdInit, MultifdPacketHeader } from "../../codec/formats/multifd/multifd.ts";
import { encode, hexBytes } from "../../codec/layout/index.ts";
import type { ReplayAnswer } from "./answer.ts";
import { replayCase } from "./case.ts";
import { otherSide } from "./other-side.ts";
import { startRun } from "./run.ts";

const MACHINE = "pc-i440fx-5.2";
const HEAD = hexBytes("5145564d00000003070000000d70632d6934343066782d352e32");
const EMPTY_STREAM = joined(HEAD, hexBytes("00"));

describe("a case", () => {
  it("is refused where the release does not know the machine type", () => {
    const { accepts, exit, stderr, stoppedAt } = destination("qemu-5.1", [EMPTY_STREAM]);
    expect({ accepts, exit, path: stoppedAt?.path }).toEqual({ accepts: false, exit: 1, path: "machine" });
    expect(stderr).toMatch(/^unsupported machine type\n/);
    expect(destination("qemu-5.2", [EMPTY_STREAM]).accepts).toBe(true);
  });

  it("names a release that does not exist", () => {
    expect(() => destination("qemu-7.2.99", [])).toThrow(RangeError);
    expect(() => destination("xen-4.0", [])).toThrow(RangeError);
  });

  it("tells memory that is lost without an error", () => {
    const channels = { capabilities: { multifd: true }, parameters: { "multifd-channels": 1 } };
    const packet = joined(
      encode(MultifdInit, { magic: 0x11223344, version: 1, uuid: NOBODY, id: 0 }),
      encode(MultifdPacketHeader, {
        magic: 0x11223344,
        version: 1,
        flags: 0,
        pagesAlloc: 128,
        normalPages: 0,
        nextPacketSize: 0,
        packetNumber: 1n,
        zeroPages: 3,
        block: "pc.ram".padEnd(256, "\0"),
      }),
      new Uint8Array(128 * 8),
    );
    const rulesOf = (peer: string) =>
      destination(peer, [HEAD, packet], channels).findings.map(({ rule }) => rule);
    expect(rulesOf("qemu-7.2.22")).toContain("PEER_KEEPS_MEMORY");
    expect(rulesOf("qemu-8.2")).toContain("PEER_KEEPS_MEMORY");
    expect(rulesOf("qemu-9.0")).not.toContain("PEER_KEEPS_MEMORY");
  });

  it("tells bitmaps that are lost without an error", () => {
    const bitmaps = joined(
      HEAD,
      hexBytes("01000000090c64697274792d6269746d617000000000000000011c"),
      hexBytes("056e6f64653002626d000100000040000000000000000000000800000000000000"),
      hexBytes("002000000000000000000000000000000000000000000000000000000000000000002c056e6f64653002626d01"),
      hexBytes("7e0000000900"),
    );
    const nodes = [{ node: "node0", length: 1 << 20 }];
    const without = destination("qemu-7.2.22", [bitmaps]);
    expect(without.findings.map(({ rule }) => rule)).toContain("PEER_KEEPS_BITMAPS");
    expect(destination("qemu-7.2.22", [bitmaps], { nodes }).findings).toEqual([]);
  });
});

describe("huge pages", () => {
  const advised = (sizes: string, block: string) =>
    joined(
      HEAD,
      hexBytes(`0800030010${sizes}0000000000001000`),
      hexBytes(
        `01000000020372616d0000000000000004${"0000000002000004"}0670632e72616d0000000002000000${block}`,
      ),
      hexBytes("00000000000000107e0000000200"),
    );
  const HUGE = "0000000000200000";
  const SUMMARY = "0000000000201000";
  const options = { capabilities: { "postcopy-ram": true }, pageSizes: { "pc.ram": 0x20_0000 } };

  it("are those of the peer, or refused", () => {
    const said = (bytes: Uint8Array, more: Parameters<typeof destination>[2]) =>
      destination("qemu-7.2.22", [bytes], more).stderr.split("\n")[0];
    const { pageSizes: _, ...small } = options;
    expect(said(advised(SUMMARY, HUGE), options)).toBe("Expected vmdescription section, but got 0");
    expect(said(advised(SUMMARY, HUGE), small)).toBe(
      "Postcopy needs matching RAM page sizes (s=201000 d=1000)",
    );
    expect(said(advised(SUMMARY, "0000000040000000"), options)).toBe(
      "Mismatched RAM page size pc.ram (local) 2097152 != 1073741824",
    );
  });
});

describe("a run", () => {
  it("is of no use behind a hole in the capture", () => {
    const run = startRun("qemu-7.2.22", "destination", { machine: MACHINE });
    const connection = run.connect();
    run.push(connection, HEAD);
    run.lose(connection, 5);
    run.push(connection, hexBytes("ffff"));
    const { accepts, findings } = run.finish();
    expect(accepts).toBe(false);
    expect(findings.map(({ rule }) => rule)).toEqual(["PEER_MODELLED"]);
  });

  it("does not take an input that ends too early", () => {
    const run = startRun("qemu-7.2.22", "destination", { machine: MACHINE });
    run.push(run.connect(), HEAD);
    const { accepts, exit, stoppedAt } = run.finish();
    expect({ accepts, exit, stoppedAt }).toEqual({ accepts: false, exit: 1, stoppedAt: null });
  });
});

describe("the other side", () => {
  const refused: ReplayAnswer = {
    ...destination("qemu-7.2.22", [EMPTY_STREAM]),
    accepts: false,
    status: null,
    exit: 1,
    stoppedAt: { connection: 0, offset: 5000, path: "SectionHeader.idstr" },
  };
  const section = { kind: "full", id: 5, idstr: "timer", instance: 0, version: 2, offset: 4000 } as const;
  const sections = [{ ...section, length: 40, footer: true, understood: "decoded" as const }];
  const opened = [{ offset: 30, command: "OPEN_RETURN_PATH", length: 0, value: null }];

  it.each([
    ["guest-lost", { sections, commands: [] }],
    ["fails", { sections, commands: opened }],
    ["fails", { sections: [], commands: [] }],
    ["unknown", null],
  ] as const)("of a refused stream: %s", (outcome, course) => {
    expect(otherSide(refused, "destination", course)).toEqual({ side: "source", outcome });
  });

  it("of a source that dies", () => {
    const died = { ...refused, exit: -11 };
    expect(otherSide(died, "source", null)).toEqual({ side: "destination", outcome: "source-crashes" });
  });
});

const NOBODY = "00000000-0000-0000-0000-000000000000";

function destination(
  peer: string,
  connections: readonly Uint8Array[],
  options: Partial<Parameters<typeof replayCase>[0]> = {},
): ReplayAnswer {
  return replayCase({
    id: "",
    side: "destination",
    peer,
    machine: MACHINE,
    phase: "incoming",
    connections: connections.map((bytes) => ({ bytes, close: false })),
    ...options,
  });
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
