import { createRangeBuilder, type RangeBuilder, type RangeList } from "../formats/ranges.ts";
import type { CommandValue } from "../formats/stream/qemu-events.ts";

/** What the destination was told to drop before it took over, because it had changed since it was sent. */
export interface DiscardSummary {
  /** POSTCOPY_RAM_DISCARD commands. */
  readonly messages: number;
  /** In decimal. */
  readonly bytes: string;
  readonly blocks: readonly { readonly block: string; readonly ranges: RangeList }[];
  /** Commands for more blocks than are listed, and ranges that no RAM block can hold. */
  readonly omitted: number;
}

export interface Discards {
  add(value: CommandValue): void;
  summary(): DiscardSummary;
}

const MOST_BLOCKS = 256;

export function createDiscards(): Discards {
  const blocks = new Map<string, RangeBuilder>();
  let messages = 0;
  let omitted = 0;
  return {
    add(value) {
      messages++;
      if (value === null || typeof value !== "object") return;
      const { block, ranges } = value as { block?: CommandValue; ranges?: readonly CommandValue[] };
      if (typeof block !== "string" || !Array.isArray(ranges)) return;
      const known = blocks.get(block);
      if (!known && blocks.size === MOST_BLOCKS) {
        omitted++;
        return;
      }
      const builder = known ?? createRangeBuilder();
      blocks.set(block, builder);
      for (const range of ranges as readonly { start?: CommandValue; length?: CommandValue }[]) {
        const start = Number(range.start);
        const length = Number(range.length);
        if (Number.isSafeInteger(start + length)) builder.add(start, length);
        else omitted++;
      }
    },
    summary() {
      const lists = [...blocks].map(([block, builder]) => ({ block, ranges: builder.list() }));
      const bytes = lists.reduce((sum, { ranges }) => sum + BigInt(Math.trunc(ranges.bytes)), 0n);
      return { messages, bytes: String(bytes), blocks: lists, omitted };
    },
  };
}
