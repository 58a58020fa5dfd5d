import { UsageError } from "./exit.ts";

/** Pages one segment stands for: 32 MiB of RAM in 4 KiB pages. */
const SEGMENT = 8192;
/** Bytes a segment takes, with what the runtime adds. */
const SEGMENT_COST = SEGMENT / 8 + 256;
/** What all sets may take before a record was read: enough for 1.6 TiB of RAM sent in any order. */
const FREE_BYTES = 64 << 20;

/**
 * Memory that the page sets of one run may take. A guest that sends its pages needs one bit for each; an input that
 * touches a page here and a page there, petabytes apart, would need a segment for each of its nine-byte records.
 */
export interface PageBudget {
  bytes: number;
  records: number;
}

export function createBudget(): PageBudget {
  return { bytes: 0, records: 0 };
}

/** A set of page numbers, one bit each, that takes no memory where it is empty. */
export interface PageSet {
  readonly count: number;
  add(page: number): void;
  has(page: number): boolean;
  /** End of the run of pages, all in the set or all not, that begins at `page`. */
  runEnd(page: number, limit: number): number;
  forEach(visit: (page: number) => void): void;
}

export function createPageSet(budget: PageBudget): PageSet {
  const segments = new Map<number, Uint8Array>();
  let lastKey = -1;
  let last: Uint8Array | undefined;
  let count = 0;

  const find = (key: number) => {
    if (key === lastKey) return last;
    lastKey = key;
    last = segments.get(key);
    return last;
  };
  const make = (key: number) => {
    budget.bytes += SEGMENT_COST;
    if (budget.bytes > FREE_BYTES + budget.records / 2)
      throw new UsageError("page records lie too far apart for any guest's memory");
    last = new Uint8Array(SEGMENT / 8);
    segments.set(key, last);
    return last;
  };
  const has = (page: number) => {
    const bit = page % SEGMENT;
    return (((find((page - bit) / SEGMENT)?.[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
  };

  return {
    get count() {
      return count;
    },
    has,
    add(page) {
      const bit = page % SEGMENT;
      const key = (page - bit) / SEGMENT;
      const segment = find(key) ?? make(key);
      const byte = segment[bit >> 3] ?? 0;
      const mask = 1 << (bit & 7);
      if ((byte & mask) !== 0) return;
      segment[bit >> 3] = byte | mask;
      count++;
    },
    runEnd(page, limit) {
      const present = has(page);
      const whole = present ? 0xff : 0;
      let at = page + 1;
      while (at < limit) {
        const bit = at % SEGMENT;
        const segment = find((at - bit) / SEGMENT);
        if (!segment && present) return at;
        if (!segment) at += SEGMENT - bit;
        else if ((bit & 7) === 0 && segment[bit >> 3] === whole) at += 8;
        else if (has(at) === present) at++;
        else return at;
      }
      return limit;
    },
    forEach(visit) {
      for (const [key, segment] of segments)
        for (let bit = 0; bit < SEGMENT; bit++)
          if ((((segment[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1) visit(key * SEGMENT + bit);
    },
  };
}
