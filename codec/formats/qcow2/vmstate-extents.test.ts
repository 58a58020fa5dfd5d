import { describe, expect, it } from "vitest";
import { buildQcow2, type ImageOptions, type Kept, sourceOf } from "../../../test/qcow2.ts";
import { answer } from "./random-access.ts";
import { readQcow2 } from "./read-qcow2.ts";
import type { VmstateExtent } from "./vmstate-extent.ts";
import { extentsWith, vmstateExtents } from "./vmstate-extents.ts";
import { vmstateReach } from "./vmstate-reach.ts";

const CLUSTER = 512;
const state = Uint8Array.from({ length: 10 * CLUSTER - 100 }, (_, i) => (i * 7 + (i >> 9)) % 251);

function extentsOf(bytes: Uint8Array, length?: number, index = 0): VmstateExtent[] {
  const { read } = sourceOf(bytes);
  const image = answer(readQcow2({ size: bytes.length }), read);
  const snapshot = image.snapshots[index];
  if (!snapshot) throw new Error("no snapshot");
  return [...extentsWith(vmstateExtents(image, snapshot, length), read)];
}

function reachOf(bytes: Uint8Array): number {
  const { read } = sourceOf(bytes);
  const image = answer(readQcow2({ size: bytes.length }), read);
  const [snapshot] = image.snapshots;
  if (!snapshot) throw new Error("no snapshot");
  return answer(vmstateReach(image, snapshot), read);
}

/** Runs without a gap, as `kind length`. */
function kinds(extents: readonly VmstateExtent[]): string[] {
  let at = 0;
  for (const extent of extents) {
    expect(extent.at).toBe(at);
    at += extent.length;
  }
  return extents.map(({ kind, length }) => `${kind} ${length}`);
}

function reasons(extents: readonly VmstateExtent[]): unknown[] {
  return extents.flatMap(({ finding }) =>
    finding ? [finding.rule === "QCOW2_VMSTATE_MAPPED" ? finding.args.why : finding.rule] : [],
  );
}

/** What the extents have of the file; zeros where they have nothing. */
function content(bytes: Uint8Array, extents: readonly VmstateExtent[], length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (const extent of extents)
    if (extent.kind === "data")
      out.set(bytes.subarray(extent.offset, extent.offset + extent.length), extent.at);
  return out;
}

const kept = (...list: readonly Kept[]): ImageOptions => ({
  snapshots: [{ state, keep: (cluster) => list[cluster] ?? "data" }],
});

describe("vmstateExtents", () => {
  it("joins neighbouring clusters", () => {
    const bytes = buildQcow2({ snapshots: [{ state }] });
    const extents = extentsOf(bytes);
    expect(kinds(extents)).toEqual([`data ${state.length}`]);
    expect(content(bytes, extents, state.length)).toEqual(state);
    expect(reasons(extents)).toEqual([]);
  });

  it.each([9, 10, 12, 16])("goes through several tables of clusters of 2^%d bytes", (clusterBits) => {
    const long = Uint8Array.from({ length: 300_001 }, (_, i) => (i * 31 + (i >> 8)) % 253);
    const bytes = buildQcow2({ clusterBits, snapshots: [{ state: long.slice(5) }, { state: long }] });
    const extents = extentsOf(bytes, undefined, 1);
    kinds(extents);
    expect(Buffer.compare(content(bytes, extents, long.length), long)).toBe(0);
  });

  it.each([0n, 1n, 32_768n, 32_769n, 5n * 2n ** 30n])("begins behind a disk of %d bytes", (diskSize) => {
    const bytes = buildQcow2({ virtualSize: 7n, snapshots: [{ state, diskSize }] });
    expect(content(bytes, extentsOf(bytes), state.length)).toEqual(state);
  });

  it("begins behind a disk of 3 TiB", () => {
    const bytes = buildQcow2({ clusterBits: 16, virtualSize: 3n * 2n ** 40n, snapshots: [{ state }] });
    expect(content(bytes, extentsOf(bytes), state.length)).toEqual(state);
  });

  it("tells zeros from clusters that are not there", () => {
    const bytes = buildQcow2(kept("data", "zero", "zero", "none", "none", "data"));
    const extents = extentsOf(bytes);
    expect(kinds(extents)).toEqual(["data 512", "zero 1024", "hole 1024", "data 2460"]);
    expect(reasons(extents)).toEqual(["unallocated"]);
    expect(extents[2]?.finding?.args).toMatchObject({ start: 1536, length: 1024 });
  });

  it("gives compressed clusters one by one", () => {
    const compressed = { compressed: new Uint8Array(700).fill(1) };
    const extents = extentsOf(buildQcow2(kept(compressed, compressed, "data")));
    expect(kinds(extents)).toEqual(["compressed 512", "compressed 512", "data 3996"]);
    expect(extents[0]).toMatchObject({ stored: 1024 });
  });

  it("goes through subclusters", () => {
    const long = Uint8Array.from({ length: 40_000 }, (_, i) => i % 251);
    const keep = (cluster: number): Kept =>
      cluster === 0 ? { allocated: 0xffff0003, zero: 0x000c } : cluster === 1 ? "zero" : "data";
    const options = { clusterBits: 14, incompatible: 16, snapshots: [{ state: long, keep }] };
    const extents = extentsOf(buildQcow2(options));
    expect(kinds(extents)).toEqual([
      "data 1024",
      "zero 1024",
      "hole 6144",
      "data 8192",
      "zero 16384",
      "data 7232",
    ]);
  });

  it.each<[why: string, keep: Kept, kind: string, options?: ImageOptions]>([
    ["QCOW2_FILE_COMPLETE", { entry: 0x00ff_ffff_ffff_fe00n }, "lost"],
    ["QCOW2_FILE_COMPLETE", { entry: 0x4000_0000_7fff_ffffn }, "lost"],
    ["zero-in-version-2", { entry: 1n }, "lost", { version: 2 }],
    ["reserved-bits", { entry: 0x3f00_0000_0000_0402n }, "data"],
    ["cluster-misplaced", { entry: 0x600n }, "lost", { clusterBits: 10 }],
    ["subclusters-contradict", { allocated: 1, zero: 1 }, "lost", { clusterBits: 14, incompatible: 16 }],
  ])("knows %s", (why, entry, kind, options = {}) => {
    const keep = (cluster: number): Kept => (cluster === 0 ? entry : "data");
    const long = new Uint8Array(40_000).fill(7);
    const [first] = extentsOf(buildQcow2({ ...options, snapshots: [{ state: long, keep }] }));
    expect(first?.kind).toBe(kind);
    expect(reasons(first ? [first] : [])).toEqual([why]);
  });

  it("ends with the L1 table", () => {
    const bytes = buildQcow2({ snapshots: [{ state, size: 2n ** 45n }] });
    const extents = extentsOf(bytes);
    expect(kinds(extents)).toEqual(["data 5120", `hole ${32768 - 5120}`, `hole ${2 ** 45 - 32768}`]);
    expect(reasons(extents)).toEqual(["unallocated", "l1-too-short"]);
  });

  it("knows tables that are not where they should be", () => {
    const bytes = buildQcow2({ virtualSize: 0n, snapshots: [{ state }] });
    const { read } = sourceOf(bytes);
    const l1 = answer(readQcow2({ size: bytes.length }), read).snapshots[0]?.l1TableOffset ?? 0;
    const view = new DataView(bytes.buffer);
    const entry = view.getBigUint64(l1);
    view.setBigUint64(l1, entry + 0x10n);
    expect(reasons(extentsOf(bytes))).toEqual([]);
    view.setBigUint64(l1, 0x00ff_ffff_ffff_fe00n);
    expect(reasons(extentsOf(bytes))).toEqual(["QCOW2_FILE_COMPLETE"]);
    view.setBigUint64(l1, 0n);
    expect(reasons(extentsOf(bytes))).toEqual(["unallocated"]);
  });

  it("stops where clusters are mapped more often than there is file", () => {
    const keep = (): Kept => ({ entry: 0x400n });
    const long = new Uint8Array(300_000);
    const extents = extentsOf(buildQcow2({ snapshots: [{ state: long, keep }] }));
    expect(kinds(extents).at(-1)).toMatch(/^lost/);
    expect(reasons(extents)).toEqual(["mapped-too-often"]);
    const data = extents.filter(({ kind }) => kind === "data");
    expect(data.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(300_000);
  });

  it("tells how far the state was mapped, whatever its size", () => {
    const sparse = kept("data", "none", "none", "data", "none", "zero", "none");
    const tail = (...list: Kept[]): ImageOptions => ({
      snapshots: [{ state, size: 600n, keep: (i) => (i > 6 ? (list[i - 7] ?? "none") : "data") }],
    });
    expect(reachOf(buildQcow2(sparse))).toBe(5120);
    expect(reachOf(buildQcow2(tail("none", "data", "zero")))).toBe(9 * 512);
    expect(reachOf(buildQcow2(tail("none", "none", "none")))).toBe(7 * 512);
    expect(reachOf(buildQcow2({ snapshots: [{ state: new Uint8Array(0) }] }))).toBe(0);
  });
});
