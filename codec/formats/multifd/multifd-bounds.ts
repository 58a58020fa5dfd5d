import type { MultifdRam } from "./multifd-events.ts";

/** The offsets of one packet. */
export interface Reach {
  readonly block: string;
  readonly highest: number;
  /** Some offset is not a multiple of the page size. */
  readonly odd: boolean;
  readonly pageSize: number;
  /** Offset of the packet in the channel. */
  readonly offset: number;
}

export type Verdict = "unknown-block" | "outside" | "odd";

/** Holds offsets against the block list, which the main channel may tell later. */
export interface BlockBounds {
  /** Says what is wrong with a packet; nothing yet when the blocks are not known. */
  check(reach: Reach, ram: MultifdRam | undefined): Verdict | undefined;
  /** Checks what has waited for the blocks to become known: the farthest packet of each. */
  settle(ram: MultifdRam): readonly { readonly reach: Reach; readonly verdict: Verdict }[];
  readonly waiting: number;
}

/** Block names kept until the block list is known; a hostile channel may name a new one in each packet. */
const MOST_NAMES = 256;

export function createBlockBounds(): BlockBounds {
  const kept = new Map<string, Reach>();
  return {
    check(reach, ram) {
      if (ram) return judge(reach, ram);
      if (reach.odd) return "odd";
      const before = kept.get(reach.block);
      if (before ? reach.highest > before.highest : kept.size < MOST_NAMES) kept.set(reach.block, reach);
      return undefined;
    },
    settle(ram) {
      const all = [...kept.values()];
      kept.clear();
      return all.flatMap((reach) => {
        const verdict = judge(reach, ram);
        return verdict ? [{ reach, verdict }] : [];
      });
    },
    get waiting() {
      return kept.size;
    },
  };
}

function judge({ block, highest, odd, pageSize }: Reach, ram: MultifdRam): Verdict | undefined {
  const known = ram.block(block);
  if (!known) return "unknown-block";
  if (highest > known.usedLength - pageSize) return "outside";
  return odd ? "odd" : undefined;
}
