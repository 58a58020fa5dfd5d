import type { BlockListReading, PageCounts, RamBlock } from "./qemu-events.ts";

/** What the reader knows of the guest's RAM. */
export interface RamState {
  blocks: RamBlock[];
  readonly byName: Map<string, RamBlock>;
  totalBytes: number;
  /** Target page size; taken as 4096 until something says otherwise. */
  pageSize: number;
  /** The stream told the page size, or its records left no doubt. */
  pageSizeKnown: boolean;
  mapped: boolean;
  /** How the block list was read; undefined before it was. */
  reading: BlockListReading | undefined;
  /** Block of the last page record, and that record's offset in it. */
  current: RamBlock | undefined;
  last: number;
  /** How far back a record may point within one round: the threads of `compress` send out of order. */
  slack: number;
  /** Passes over guest memory: one more each time page addresses start over. */
  rounds: number;
  /** MULTIFD_FLUSH records. */
  flushes: number;
  /** EOS records. */
  ends: number;
  /** HOOK records. */
  hooks: number;
}

export function createRamState(): RamState {
  return {
    blocks: [],
    byName: new Map(),
    totalBytes: 0,
    pageSize: 4096,
    pageSizeKnown: false,
    mapped: false,
    reading: undefined,
    current: undefined,
    last: -1,
    slack: 0,
    rounds: 0,
    flushes: 0,
    ends: 0,
    hooks: 0,
  };
}

export function noPages(): PageCounts {
  return { normal: 0, zero: 0, xbzrle: 0, compressed: 0 };
}

export function totalPages(blocks: readonly RamBlock[]): PageCounts {
  const sum = noPages();
  for (const { pages } of blocks) {
    sum.normal += pages.normal;
    sum.zero += pages.zero;
    sum.xbzrle += pages.xbzrle;
    sum.compressed += pages.compressed;
  }
  return sum;
}

/** Notes the place of a record in memory order, which tells where a new round begins. */
export function visit(ram: RamState, block: RamBlock, offset: number): void {
  const before = ram.current;
  const back = before !== undefined && isBack(ram, before, block, offset);
  if (ram.rounds === 0 || back) ram.rounds++;
  ram.last = offset;
  ram.current = block;
}

function isBack(ram: RamState, before: RamBlock, block: RamBlock, offset: number): boolean {
  if (block === before) return offset < ram.last - ram.slack;
  if (block.index > before.index) return false;
  return ram.slack === 0 || ram.last + block.usedLength - offset > ram.slack;
}

/** From the first compressed page on, order is only kept to within what the threads had in hand. */
export function expectDisorder(ram: RamState): void {
  if (ram.slack > 0) return;
  ram.slack = 256 * ram.pageSize;
  ram.rounds = Math.min(ram.rounds, 1);
}
