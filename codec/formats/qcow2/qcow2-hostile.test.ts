import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildQcow2, type Kept, sourceOf } from "../../../test/qcow2.ts";
import { answer } from "./random-access.ts";
import { readQcow2 } from "./read-qcow2.ts";
import { extentsWith, vmstateExtents } from "./vmstate-extents.ts";
import { vmstateReach } from "./vmstate-reach.ts";

const seed = Number(process.env.SEED ?? 20260801);
const numRuns = Number(process.env.RUNS ?? 100);

const state = Uint8Array.from({ length: 36_000 }, (_, i) => (i * 3) % 250);
const keep = (cluster: number): Kept =>
  cluster % 9 === 4
    ? "zero"
    : cluster % 9 === 7
      ? "none"
      : cluster % 9 === 2
        ? { compressed: new Uint8Array(600).fill(cluster) }
        : "data";
const encoder = new TextEncoder();
const common = {
  backingFile: "base.qcow2",
  extensions: [
    [0xe2792aca, encoder.encode("qcow2")],
    [0x6803f857, new Uint8Array(96)],
  ],
} as const;
const plain = buildQcow2({
  ...common,
  snapshots: [
    { state, keep, name: "one" },
    { state: state.slice(1000), name: "two" },
  ],
});
const extended = buildQcow2({
  ...common,
  clusterBits: 14,
  incompatible: 16,
  snapshots: [{ state: new Uint8Array(70_000).fill(1), keep: () => ({ allocated: 0xff00ff00, zero: 0xff }) }],
});
const old = buildQcow2({ version: 2, clusterBits: 12, snapshots: [{ state, keep, extra: 0 }] });
const images = [
  ["plain", plain],
  ["with subclusters", extended],
  ["of version 2", old],
] as const;

/** Reads all there is; says what that took. */
function readAll(bytes: Uint8Array): { findings: number; extents: number; requests: number; bytes: number } {
  const { read, asked } = sourceOf(bytes);
  const image = answer(readQcow2({ size: bytes.length }), read);
  let extents = 0;
  let findings = image.findings.length;
  for (const snapshot of image.readable ? image.snapshots : []) {
    let at = 0;
    for (const extent of extentsWith(vmstateExtents(image, snapshot), read)) {
      const inside = extent.kind !== "data" || extent.offset + extent.length <= bytes.length;
      if (extent.at !== at || extent.length <= 0 || !inside) expect.fail(JSON.stringify(extent));
      at += extent.length;
      extents++;
      if (extent.finding) findings++;
    }
    expect(at).toBe(Math.min(snapshot.vmStateSize, Number.MAX_SAFE_INTEGER));
    expect(answer(vmstateReach(image, snapshot), read)).toBeGreaterThanOrEqual(0);
  }
  return { findings, extents, ...asked };
}

/** No more work than the image gives reason for. */
function bounded(bytes: Uint8Array): void {
  const { extents, requests, bytes: read } = readAll(bytes);
  expect(extents).toBeLessThan(3000);
  expect(requests).toBeLessThan(2000);
  expect(read).toBeLessThan(64 * bytes.length + 4096);
}

describe.each(images)("a qcow2 image %s", (_, image) => {
  it("is read whole", () => {
    expect(readAll(image).extents).toBeGreaterThan(1);
  });

  it("may end anywhere", () => {
    const step = Math.ceil(image.length / 300);
    for (let length = 0; length < image.length; length += length < 200 ? 1 : step) {
      bounded(image.subarray(0, length));
      if (length < image.length - 1000)
        expect(readAll(image.subarray(0, length)).findings).toBeGreaterThan(0);
    }
  });

  it("may have any byte changed", () => {
    const tables = [...image.keys()].filter((at) => at < 130 || at > image.length - 160 || at % 1999 === 0);
    for (const at of tables)
      for (const byte of [0x00, 0xff, (image[at] ?? 0) ^ 0x80, (image[at] ?? 0) ^ 0x01])
        bounded(image.with(at, byte));
  });

  it(`may have any words changed (seed ${seed})`, () => {
    const words = fc.constantFrom(0, 1, 0x200, 0x10000, 0x7fffffff, 0x80000000, 0xfffffe00, 0xffffffff);
    const places = fc.nat({ max: Math.floor(image.length / 4) - 1 });
    const changes = fc.array(fc.tuple(fc.oneof(fc.nat({ max: 27 }), places), words), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(changes, (list) => {
        const bytes = image.slice();
        const view = new DataView(bytes.buffer);
        for (const [word, value] of list) view.setUint32(4 * word, value);
        bounded(bytes);
      }),
      { seed, numRuns },
    );
  });
});

describe("a qcow2 image", () => {
  it("takes no memory for what it only promises", () => {
    const bytes = plain.slice();
    const table = new DataView(plain.buffer).getUint32(68);
    for (const at of [12, 16, 36, 56, 60, 100, 116, table + 8, table + 12, table + 36, table + 40]) {
      const changed = bytes.slice();
      new DataView(changed.buffer).setUint32(at, 0xffffffff);
      bounded(changed);
    }
  });

  it("of random bytes behind a header ends", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 512, maxLength: 8192, size: "max" }), (noise) => {
        const bytes = noise.slice();
        bytes.set(plain.subarray(0, 64));
        bounded(bytes);
      }),
      { seed, numRuns },
    );
  });
});
