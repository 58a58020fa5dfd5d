/** Pages one segment stands for: 32 MiB of RAM in 4 KiB pages. */
const SEGMENT = 8192;
/** Bytes a segment takes, with what the runtime adds. */
const SEGMENT_COST = SEGMENT / 8 + 256;

/** Memory that page sets share. */
export interface PageBudget {
  /** Whether so many bytes more may be taken; may also throw. A negative number gives back. */
  charge(bytes: number): boolean;
}

/** A set of page numbers, one bit each, that takes no memory where it is empty. */
export interface PageSet {
  readonly count: number;
  /** Pages were left out for want of memory. */
  readonly partial: boolean;
  /** Returns whether the page is new to the set. */
  add(page: number): boolean;
  has(page: number): boolean;
  /** End of the run of pages, all in the set or all not, that begins at `page`. */
  runEnd(page: number, limit: number): number;
  forEach(visit: (page: number) => void): void;
  /** Gives its memory back. The set is not used after that. */
  release(): void;
}

export function createPageSet(budget: PageBudget): PageSet {
  const segments = new Map<number, Uint8Array>();
  let lastKey = -1;
  let last: Uint8Array | undefined;
  let count = 0;
  let partial = false;

  const find = (key: number) => {
    if (key === lastKey) return last;
    lastKey = key;
    last = segments.get(key);
    return last;
  };
  const make = (key: number) => {
    if (!budget.charge(SEGMENT_COST)) return undefined;
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
    get partial() {
      return partial;
    },
    has,
    add(page) {
      const bit = page % SEGMENT;
      const key = (page - bit) / SEGMENT;
      const segment = find(key) ?? make(key);
      if (!segment) {
        partial = true;
        return true;
      }
      const byte = segment[bit >> 3] ?? 0;
      const mask = 1 << (bit & 7);
      if ((byte & mask) !== 0) return false;
      segment[bit >> 3] = byte | mask;
      count++;
      return true;
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
    release() {
      budget.charge(-SEGMENT_COST * segments.size);
      segments.clear();
      lastKey = -1;
      last = undefined;
      count = 0;
    },
  };
}
