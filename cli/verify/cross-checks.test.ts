import { describe, expect, it } from "vitest";
import { readDomainXml } from "../../codec/formats/libvirt/domain-xml.ts";
import type { StreamSummary } from "../../codec/index.ts";
import { fixtures, load, summarise } from "../../test/captures.ts";
import { crossChecks } from "./cross-checks.ts";

const fixture = fixtures.find(({ file }) => file === "precopy-10.0-i440fx-5.2.bin.gz");
const { findings: _, ...stream }: StreamSummary & { findings: unknown } = summarise(
  fixture ? load(fixture) : new Uint8Array(0),
);

interface Guest {
  readonly machine?: string;
  readonly memory?: string;
  readonly vcpu?: string;
  readonly uuid?: string;
  readonly arch?: string;
  readonly devices?: string;
}

const UUID = "6e3a0001-aaaa-4bbb-8ccc-00f2d42d523c";

function checked(guest: Guest, told: StreamSummary = stream) {
  const {
    machine = "pc-i440fx-5.2",
    memory = "<memory unit='KiB'>16384</memory>",
    vcpu = "<vcpu>1</vcpu>",
  } = guest;
  const xml =
    `<domain type='qemu'><name>x</name><uuid>${guest.uuid ?? UUID}</uuid>${memory}${vcpu}` +
    `<os><type arch='${guest.arch ?? "x86_64"}' machine='${machine}'>hvm</type></os>` +
    `<devices>${guest.devices ?? ""}</devices></domain>`;
  return crossChecks(readDomainXml(xml), told, 92).map(({ rule, level, args }) => [
    rule,
    level,
    args.expected,
    args.found,
  ]);
}

const withBlocks = (sizes: Readonly<Record<string, string>>): StreamSummary => ({
  ...stream,
  ram: stream.ram && {
    ...stream.ram,
    blocks: Object.entries(sizes).map(([idstr, usedLength]) => ({
      idstr,
      usedLength,
      pages: { normal: 0, zero: 0, xbzrle: 0, compressed: 0 },
    })),
  },
});

describe("XML against stream", () => {
  it("agree", () => {
    expect(stream.machine).toBe("pc-i440fx-5.2");
    expect(checked({})).toEqual([]);
  });

  it.each([
    ["pc", "pc-i440fx-5.2", "warning"],
    ["pc", "pc-1.3", "warning"],
    ["pc", "pc-q35-9.0", "error"],
    ["q35", "pc-q35-9.0", "warning"],
    ["virt", "virt-9.1", "warning"],
    ["ubuntu", "pc-i440fx-5.2", "error"],
  ])("doubts the family %s of %s, of which each QEMU starts its newest", (machine, found, level) => {
    expect(checked({ machine }, { ...stream, machine: found })).toEqual([
      ["SAVE_MACHINE_AGREES", level, machine, found],
    ]);
  });

  it.each(["pc-i440fx-7.2", "pc-q35-5.2", "q35", "virt", "isapc", "none"])(
    "tells the machine %s",
    (machine) => {
      expect(checked({ machine })).toEqual([["SAVE_MACHINE_AGREES", "error", machine, "pc-i440fx-5.2"]]);
    },
  );

  it.each([
    ["15361 KiB, which QEMU gets as 16 MiB", "<memory unit='KiB'>15361</memory>"],
    ["MiB", "<memory unit='MiB'>16</memory>"],
    ["no memory", ""],
  ])("takes %s", (_, memory) => {
    expect(checked({ memory })).toEqual([]);
  });

  it.each([
    ["17", String(17 << 20)],
    ["15", String(15 << 20)],
    ["1048576", String(2 ** 40)],
  ])("tells a memory of %s MiB", (size, expected) => {
    expect(checked({ memory: `<memory unit='MiB'>${size}</memory>` })).toEqual([
      ["SAVE_MEMORY_AGREES", "error", expected, "16777216"],
    ]);
  });

  it("counts nodes and memory devices, and doubts what is plugged", () => {
    const told = withBlocks({ "ram-node0": "8388608", "ram-node1": "8388608", memdimm0: "4194304" });
    const devices = "<memory model='dimm'><target><size unit='KiB'>4096</size></target></memory>";
    expect(checked({ memory: "<memory unit='MiB'>20</memory>", devices }, told)).toEqual([]);
    expect(checked({ memory: "<memory unit='MiB'>24</memory>", devices }, told)).toEqual([
      ["SAVE_MEMORY_AGREES", "warning", String(24 << 20), String(20 << 20)],
    ]);
  });

  it("rounds in steps of 256 MiB on POWER", () => {
    const told = withBlocks({ "ppc_spapr.ram": String(512 << 20) });
    const memory = "<memory unit='MiB'>300</memory>";
    expect(checked({ memory, arch: "ppc64le" }, told)).toEqual([]);
    expect(checked({ memory }, told)).toHaveLength(1);
  });

  it("says nothing where no block is the machine's memory", () => {
    const memory = "<memory unit='MiB'>300</memory>";
    expect(checked({ memory }, withBlocks({ "vga.vram": "16777216" }))).toEqual([]);
    expect(checked({ memory }, { ...stream, ram: null })).toEqual([]);
  });

  it("counts CPUs of streams that are whole", () => {
    const vcpu = "<vcpu>2</vcpu>";
    expect(checked({ vcpu })).toEqual([["SAVE_CPUS_AGREE", "warning", 2, 1]]);
    expect(checked({ vcpu: "<vcpu current='1'>4</vcpu>" })).toEqual([]);
    expect(checked({ vcpu }, { ...stream, end: { reason: "truncated", offset: 9 } })).toEqual([]);
    expect(checked({ vcpu }, { ...stream, sections: [] })).toEqual([]);
  });

  it("compares UUIDs however they are written", () => {
    const of = (uuid: string | null) => ({ ...stream, configuration: { ...stream.configuration, uuid } });
    expect(checked({ uuid: UUID.replaceAll("-", "").toUpperCase() }, of(UUID))).toEqual([]);
    expect(checked({}, of(null))).toEqual([]);
    const other = UUID.replace("6", "7");
    expect(checked({}, of(other))).toEqual([["SAVE_UUID_AGREES", "error", UUID, other]]);
  });
});
