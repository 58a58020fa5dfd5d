import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixtures, load, summarise } from "../../test/captures.ts";
import { bitmapStream, wholeBitmap } from "../../test/dirty-bitmaps.ts";
import { events } from "../../test/told.ts";
import { MOST_BITMAPS } from "../formats/dirty-bitmap/dirty-bitmap-state.ts";
import type { DirtyBitmapChunk, DirtyBitmapContent } from "../index.ts";
import { createBitmapCollector, type DirtyBitmap } from "./bitmaps.ts";

const NAMES = { node: "disk0", bitmap: "bm0" };
const KIB = 1024;

function collect(chunks: readonly DirtyBitmapContent[]): DirtyBitmap | undefined {
  const collector = createBitmapCollector();
  for (const chunk of chunks) collector.chunk({ kind: "dirty-bitmap-chunk", offset: 0, ...NAMES, ...chunk });
  return collector.bitmaps()[0];
}

/** What the stream of a whole bitmap comes out as. */
function rebuilt(data: Uint8Array): readonly DirtyBitmap[] {
  const collector = createBitmapCollector();
  const all = events(data);
  expect(all.filter(({ kind }) => kind === "finding")).toEqual([]);
  for (const event of all) if (event.kind === "dirty-bitmap-chunk") collector.chunk(event);
  return collector.bitmaps();
}

const flags = { enabled: true, persistent: false, autoload: false };
const start = (granularity: number): DirtyBitmapContent => ({ what: "start", granularity, ...flags });
const range = (sector: number, sectorCount: number) => ({
  startSector: BigInt(sector),
  sectorCount,
  placed: true,
});
const bits = (sector: number, count: number, hex: string | null): DirtyBitmapContent => ({
  what: "bits",
  ...range(sector, count),
  bits: hex,
});
const zeroes = (sector: number, count: number): DirtyBitmapContent => ({
  what: "zeroes",
  ...range(sector, count),
});
const complete: DirtyBitmapContent = { what: "complete" };
const ONES = "ff".repeat(8);
const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");

describe("bitmaps of recordings", () => {
  // As query-block and x-debug-block-dirty-bitmap-sha256 gave them on the source, after the migration.
  const truth = {
    "dirty-bitmap-7.2.bin.gz": {
      names: ["drive-node0/bm1", "drive-node0/bm0"],
      granularity: 65536,
      sha256: [
        "7dc3fd4de3b279f7022c4dfb2edab8fe0253771a1bb6e39f016153f323f605db",
        "2ebf0864dc2cab7c6e3e9dba2a04573025dbaa9dc0c995ceb2ca2a35ac271357",
      ],
    },
    "dirty-bitmap-11.1-mapping.bin.gz": {
      names: ["alias-node-1/alias-bm1", "alias-node-1/alias-bm0"],
      granularity: 32768,
      sha256: [
        "20847897efe8b1d4ed7baa8149d46055b818d8c0eb80b887619c298584480c0a",
        "a284b05eb21c99417f896fff550aae7b83392563f8f967978b368756b695f4df",
      ],
    },
  };

  it.each(Object.entries(truth))("are those of QEMU in %s", (file, { names, granularity, sha256 }) => {
    const capture = fixtures.find((fixture) => fixture.file === file);
    if (!capture) return expect.fail("no such fixture");
    const { bitmaps } = summarise(load(capture));
    expect(bitmaps.map(({ node, name }) => `${node}/${name}`)).toEqual(names);
    expect(bitmaps.map((bitmap) => bitmap.sha256)).toEqual(sha256);
    expect(bitmaps.map(({ dirtyBytes }) => dirtyBytes)).toEqual(["196608", "327680"]);
    expect(bitmaps.map(({ persistent }) => persistent)).toEqual([true, false]);
    for (const bitmap of bitmaps)
      expect(bitmap).toMatchObject({ granularity, enabled: true, complete: true, coveredBytes: "8388608" });
    expect(bitmaps[1]?.ranges).toEqual([
      { start: "0", length: "131072" },
      { start: "262144", length: "131072" },
      { start: "589824", length: "65536" },
    ]);
  });
});

describe("a bitmap", () => {
  it("is rebuilt from its chunks, whatever its granularity and size", () => {
    const disk = fc.record({
      power: fc.integer({ min: 9, max: 31 }),
      bits: fc.integer({ min: 0, max: 700 }),
      short: fc.double({ min: 0, max: 0.99, noNaN: true }),
      set: fc.array(fc.nat(699), { maxLength: 200 }),
      full: fc.boolean(),
      chunk: fc.constantFrom(32, 64, 1024),
    });
    fc.assert(
      fc.property(disk, ({ power, bits, short, set, full, chunk }) => {
        const granularity = 2 ** power;
        const perBit = granularity / 512;
        const sectors = bits === 0 ? 0 : (bits - 1) * perBit + Math.ceil(perBit * (1 - short));
        const dirty = Array.from({ length: bits }, (_, i) => full || set.includes(i));
        const words = new Uint8Array(8 * Math.max(1, Math.ceil(bits / 64)));
        dirty.forEach((is, i) => {
          if (is) words[i >> 3] = (words[i >> 3] ?? 0) | (1 << (i & 7));
        });
        // A chunk counts its sectors in 32 bits.
        if ((chunk * 8 * granularity) / 512 >= 2 ** 32) return;
        const { start, parts, complete } = wholeBitmap(NAMES, granularity, sectors, words, chunk);
        const [found] = rebuilt(bitmapStream([start], ...parts.map((part) => [part]), [complete]));
        expect(found).toMatchObject({ coveredBytes: sectors * 512, chunks: parts.length, unhashed: null });
        expect(found?.sha256).toBe(sha256(words));
        expect(found?.dirty.bytes).toBe(dirty.filter(Boolean).length * granularity);
        const within = (at: number) =>
          found?.dirty.ranges.some((range) => at >= range.start && at < range.start + range.length);
        expect(dirty.map((_, i) => within(i * granularity))).toEqual(dirty);
      }),
    );
  });

  it("may be one of several, whose chunks alternate", () => {
    const [a, b] = [new Uint8Array(4096).fill(0xaa), new Uint8Array(4096).fill(0x0f)];
    const first = wholeBitmap(NAMES, 512, 32768, a);
    const second = wholeBitmap({ node: "disk1", bitmap: "bm0" }, 512, 32768, b);
    const parts = first.parts.map((part, i) => [part, second.parts[i] ?? part]);
    const data = bitmapStream([first.start, second.start], ...parts, [second.complete, first.complete]);
    expect(rebuilt(data).map(({ node, sha256 }) => [node, sha256])).toEqual([
      ["disk0", sha256(a)],
      ["disk1", sha256(b)],
    ]);
  });

  it("joins ranges that go on in the next chunk", () => {
    const found = collect([start(512), bits(0, 64, ONES), bits(64, 64, ONES), zeroes(128, 64), complete]);
    expect(found?.dirty.ranges).toEqual([{ start: 0, length: 64 * KIB }]);
  });

  it("ends where its disk does, whatever the bits behind say", () => {
    const found = collect([start(512), bits(0, 3, ONES), complete]);
    expect(found?.dirty).toEqual({ ranges: [{ start: 0, length: 1536 }], omitted: 0, bytes: 1536 });
  });

  it.each([
    ["incomplete", [start(512), bits(0, 64, ONES)]],
    ["missing", [start(512), complete]],
    ["missing", [start(512), bits(0, 64, null), complete]],
    ["missing", [start(512), bits(64, 64, ONES), complete]],
    ["missing", [start(512), { ...zeroes(3, 64), placed: false } as DirtyBitmapContent, complete]],
    ["repeated", [start(512), bits(0, 64, ONES), zeroes(0, 64), complete]],
    ["too-large", [start(512), ...[0, 1].map((n) => zeroes(n * 2 ** 31, 2 ** 31)), complete]],
  ])("has no SHA-256 when it is %s", (unhashed, chunks) => {
    expect(collect(chunks)).toMatchObject({ unhashed, sha256: null });
  });

  it("keeps the ranges on both sides of a gap", () => {
    const found = collect([start(512), bits(0, 64, ONES), bits(128, 64, ONES), complete]);
    expect(found?.dirty.ranges.map(({ start }) => start)).toEqual([0, 64 * KIB]);
  });

  it("starts once: a second START changes nothing", () => {
    const found = collect([start(512), bits(0, 64, ONES), start(4096), complete]);
    expect(found).toMatchObject({ granularity: 512, coveredBytes: 32 * KIB, unhashed: null });
  });

  it("may be asked for before it ends", () => {
    const collector = createBitmapCollector();
    const tell = (chunk: DirtyBitmapContent) =>
      collector.chunk({ kind: "dirty-bitmap-chunk", offset: 0, ...NAMES, ...chunk });
    for (const chunk of [start(512), bits(0, 64, ONES)]) tell(chunk);
    expect(collector.bitmaps()[0]?.dirty.bytes).toBe(32 * KIB);
    for (const chunk of [bits(64, 64, ONES), complete]) tell(chunk);
    expect(collector.bitmaps()).toEqual(collector.bitmaps());
    expect(collector.bitmaps()[0]).toMatchObject({
      dirty: { ranges: [{ start: 0, length: 64 * KIB }] },
      sha256: sha256(new Uint8Array(16).fill(0xff)),
    });
  });

  it("is not kept when there are too many, and keeps few ranges when there are many", () => {
    const collector = createBitmapCollector();
    const chunk = (n: number, content: DirtyBitmapContent): DirtyBitmapChunk => ({
      kind: "dirty-bitmap-chunk",
      offset: 0,
      node: "disk0",
      bitmap: `bm${n}`,
      ...content,
    });
    for (let n = 0; n < MOST_BITMAPS + 10; n++) {
      collector.chunk(chunk(n, start(512)));
      collector.chunk(chunk(n, bits(0, 256, "55".repeat(32))));
    }
    const all = collector.bitmaps();
    expect(all.length).toBe(MOST_BITMAPS);
    expect(all[0]?.dirty).toMatchObject({ omitted: 0, bytes: 64 * KIB });
    expect(all.at(-1)?.dirty).toMatchObject({ omitted: 112, bytes: 64 * KIB });
  });
});
