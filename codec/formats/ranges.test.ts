import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createBitScan,
  createRangeBuilder,
  endBits,
  type Range,
  scanBits,
  summariseRanges,
} from "./ranges.ts";

function listOf(ranges: readonly (readonly [number, number])[], most?: number) {
  const builder = createRangeBuilder(most);
  for (const [start, length] of ranges) builder.add(start, length);
  return builder.list();
}

describe("a range builder", () => {
  it.each([
    ["nothing", [], [], 0],
    ["one", [[0, 4]], [[0, 4]], 4],
    ["an empty one", [[8, 0]], [], 0],
    [
      "some that touch",
      [
        [0, 4],
        [4, 4],
        [9, 1],
      ],
      [
        [0, 8],
        [9, 1],
      ],
      9,
    ],
    [
      "some that overlap",
      [
        [0, 8],
        [4, 8],
        [5, 1],
      ],
      [[0, 12]],
      12,
    ],
    [
      "a step back",
      [
        [8, 8],
        [0, 4],
      ],
      [
        [8, 8],
        [0, 4],
      ],
      12,
    ],
    [
      "beyond 2 GiB",
      [
        [2 ** 40, 2 ** 33],
        [2 ** 40 + 2 ** 33, 1],
      ],
      [[2 ** 40, 2 ** 33 + 1]],
      2 ** 33 + 1,
    ],
  ] as const)("merges %s", (_, added, expected, bytes) => {
    const ranges = expected.map(([start, length]): Range => ({ start, length }));
    expect(listOf(added)).toEqual({ ranges, omitted: 0, bytes });
  });

  it("counts what it does not keep", () => {
    const list = listOf(
      Array.from({ length: 10 }, (_, i) => [i * 2, 1] as const),
      3,
    );
    expect(list).toEqual({ ranges: [0, 2, 4].map((start) => ({ start, length: 1 })), omitted: 7, bytes: 10 });
    expect(summariseRanges(list, 2)).toEqual({
      count: 10,
      bytes: 10,
      shown: [0, 2].map((start) => ({ start, length: 1 })),
      more: 8,
    });
  });

  it("can be asked before the end", () => {
    const builder = createRangeBuilder();
    builder.add(0, 4);
    expect(builder.list().ranges).toEqual([{ start: 0, length: 4 }]);
    builder.add(4, 4);
    expect(builder.list().ranges).toEqual([{ start: 0, length: 8 }]);
  });
});

describe("a scan over bits", () => {
  const bitmaps = fc.array(fc.oneof(fc.constantFrom(0, 0xff), fc.integer({ min: 0, max: 255 })), {
    maxLength: 40,
  });

  it("finds the runs of either kind, however the bitmap is cut", () => {
    fc.assert(
      fc.property(bitmaps, fc.constantFrom(0 as const, 1 as const), fc.nat(40), (bytes, wanted, cut) => {
        const data = Uint8Array.from(bytes);
        const runs: [number, number][] = [];
        const run = (first: number, count: number) => runs.push([first, count]);
        const scan = createBitScan();
        scanBits(data, wanted, scan, run, 0, Math.min(cut, data.length));
        scanBits(data, wanted, scan, run, Math.min(cut, data.length));
        endBits(scan, run);
        const seen = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1));
        const painted = seen.map(() => 1 - wanted);
        for (const [first, count] of runs) painted.fill(wanted, first, first + count);
        expect(painted).toEqual(seen);
        for (const [i, [first]] of runs.entries()) {
          const before = runs[i - 1];
          if (before) expect(first).toBeGreaterThan(before[0] + before[1]);
        }
        expect(scan.bit).toBe(bytes.length * 8);
      }),
    );
  });

  it("can end before the last byte does", () => {
    const runs: number[][] = [];
    const scan = createBitScan();
    scanBits(Uint8Array.of(0b0000_0110), 0, scan, () => {});
    endBits(scan, (first, count) => runs.push([first, count]), 5);
    expect(runs).toEqual([[3, 2]]);
  });
});
