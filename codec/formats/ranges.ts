/** Bytes `[start, start + length)` of a RAM block or disk. */
export interface Range {
  readonly start: number;
  readonly length: number;
}

/** Ranges in the order they were added. Those beyond the bound are `omitted`; `bytes` covers all. */
export interface RangeList {
  readonly ranges: readonly Range[];
  readonly omitted: number;
  readonly bytes: number;
}

/** Collects ranges in ascending order. Ranges that touch or overlap the one before are merged with it. */
export interface RangeBuilder {
  add(start: number, length: number): void;
  list(): RangeList;
}

/** The head of a range list, for those who show it: how many ranges there are, and how many are not shown. */
export interface RangeSummary {
  readonly count: number;
  readonly bytes: number;
  readonly shown: readonly Range[];
  readonly more: number;
}

/** Ranges kept of one list; more are counted. */
const MOST_RANGES = 4096;

export function createRangeBuilder(most = MOST_RANGES): RangeBuilder {
  const ranges: Range[] = [];
  let omitted = 0;
  let bytes = 0;
  /** The last range, which may still grow; empty before the first. */
  let start = 0;
  let end = 0;
  const close = (): void => {
    if (ranges.length < most) ranges.push({ start, length: end - start });
    else omitted++;
  };
  return {
    add(from, length) {
      if (!(length > 0)) return;
      const to = from + length;
      const open = end > start;
      if (open && from >= start && from <= end) {
        bytes += Math.max(0, to - end);
        end = Math.max(end, to);
        return;
      }
      if (open) close();
      bytes += length;
      start = from;
      end = to;
    },
    list() {
      const open = end > start;
      const fits = open && ranges.length < most;
      return {
        ranges: fits ? [...ranges, { start, length: end - start }] : [...ranges],
        omitted: open && !fits ? omitted + 1 : omitted,
        bytes,
      };
    },
  };
}

/** The first ranges of a list, its totals, and how many ranges are left out. */
export function summariseRanges(list: RangeList, most = 8): RangeSummary {
  const count = list.ranges.length + list.omitted;
  const shown = list.ranges.slice(0, most);
  return { count, bytes: list.bytes, shown, more: count - shown.length };
}

/** Where a scan over bits stands: the bit that comes next, and the first of the run it is in, or -1. */
export interface BitScan {
  bit: number;
  first: number;
}

export function createBitScan(bit = 0): BitScan {
  return { bit, first: -1 };
}

/** Told of each run of bits once, in ascending order. */
export type BitRun = (firstBit: number, count: number) => void;

/**
 * Calls `run` for each run of bits equal to `wanted` in `bytes[from..to)`, where bit i of the bitmap is bit i % 8 of byte
 * i / 8. A run that reaches the end stays open in `scan` for the next call; `endBits` closes it.
 */
export function scanBits(
  bytes: Uint8Array,
  wanted: 0 | 1,
  scan: BitScan,
  run: BitRun,
  from = 0,
  to = bytes.length,
): void {
  const flip = wanted === 1 ? 0 : 0xff;
  let { bit, first } = scan;
  for (let i = from; i < to; i++) {
    const byte = (bytes[i] ?? 0) ^ flip;
    if (byte === (first < 0 ? 0 : 0xff)) {
      bit += 8;
      continue;
    }
    for (let b = 0; b < 8; b++, bit++) {
      const is = (byte & (1 << b)) !== 0;
      if (is === first >= 0) continue;
      if (!is) run(first, bit - first);
      first = is ? bit : -1;
    }
  }
  scan.bit = bit;
  scan.first = first;
}

/** Closes the open run of a scan, at bit `end` where the bitmap ends before its last byte does. */
export function endBits(scan: BitScan, run: BitRun, end = scan.bit): void {
  if (scan.first >= 0 && end > scan.first) run(scan.first, end - scan.first);
  scan.first = -1;
}
