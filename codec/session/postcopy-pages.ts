import { createPageSet, type PageSet } from "./page-set.ts";

/** Memory for all sets of one migration: enough for 400 GiB of guest in 4 KiB pages. */
const MOST_BYTES = 16 << 20;
const MOST_BLOCKS = 1024;

/** Whether a page was sent before: on the same connections, or on those that broke since. */
export type Sent = "first" | "twice" | "again";

/** Which pages were sent since the destination took over. */
export interface SentPages {
  /** `null` when that is not known, because there was no memory to keep track. */
  add(block: string, offset: number, pageSize: number): Sent | null;
  /** Whether the page that ends at `end` was sent on the connections there are now. */
  has(block: string, end: number): boolean | null;
  /** What was sent from here on goes over new connections. */
  renew(): void;
  /** Nothing was left out so far. */
  readonly sure: boolean;
}

/** What the sets take by now; the migrations of one session share it. */
export interface SentMemory {
  bytes: number;
}

interface BlockPages {
  now: PageSet;
  before: PageSet | undefined;
}

export function createSentPages(memory: SentMemory = { bytes: 0 }): SentPages {
  const blocks = new Map<string, BlockPages>();
  let unit = 0;
  let sure = true;
  let lastName: string | undefined;
  let last: BlockPages | undefined;
  const budget = {
    charge(count: number) {
      if (memory.bytes + count > MOST_BYTES) sure = false;
      else memory.bytes += count;
      return sure;
    },
  };

  function find(name: string): BlockPages | undefined {
    if (name === lastName) return last;
    lastName = name;
    last = blocks.get(name);
    return last;
  }

  function make(name: string): BlockPages | undefined {
    if (blocks.size === MOST_BLOCKS) {
      sure = false;
      return undefined;
    }
    last = { now: createPageSet(budget), before: undefined };
    blocks.set(name, last);
    return last;
  }

  return {
    get sure() {
      return sure;
    },
    add(name, offset, pageSize) {
      unit ||= pageSize;
      if (pageSize !== unit) sure = false;
      if (!sure) return null;
      const block = find(name) ?? make(name);
      if (!block) return null;
      const page = Math.floor(offset / unit);
      if (!block.now.add(page)) return "twice";
      if (!sure) return null;
      return block.before?.has(page) ? "again" : "first";
    },
    has(name, end) {
      if (!sure) return null;
      return unit > 0 && end >= unit && find(name)?.now.has(Math.ceil(end / unit) - 1) === true;
    },
    renew() {
      for (const block of blocks.values()) {
        const { now, before } = block;
        if (before) {
          now.forEach((page) => void before.add(page));
          now.release();
        }
        block.before = before ?? now;
        block.now = createPageSet(budget);
      }
    },
  };
}
