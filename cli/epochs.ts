/** Pages one segment stands for: 32 MiB of RAM in 4 KiB pages. */
const SEGMENT = 8192;
/** Enough for 128 GiB in 4 KiB pages. */
const MOST_BYTES = 64 << 20;
const LATEST = 0xffff;

/** Memory that the epochs of all blocks share. */
export interface EpochBudget {
  left: number;
}

export function createEpochBudget(bytes = MOST_BYTES): EpochBudget {
  return { left: bytes };
}

/** The epoch of what is stored for each page of a block. Pages it has no memory for go by the order they come in. */
export interface Epochs {
  /** Whether a page of this epoch is as new as what is stored; then it is what is stored. */
  accept(page: number, epoch: number): boolean;
}

export function createEpochs(budget: EpochBudget): Epochs {
  const segments = new Map<number, Uint16Array>();
  const make = (key: number): Uint16Array | undefined => {
    const bytes = SEGMENT * Uint16Array.BYTES_PER_ELEMENT;
    if (budget.left < bytes) return undefined;
    budget.left -= bytes;
    const segment = new Uint16Array(SEGMENT);
    segments.set(key, segment);
    return segment;
  };
  return {
    accept(page, epoch) {
      const place = page % SEGMENT;
      const key = (page - place) / SEGMENT;
      const told = Math.min(epoch, LATEST);
      const known = segments.get(key);
      if (!known && told === 0) return true;
      const segment = known ?? make(key);
      if (!segment) return true;
      if (told < (segment[place] ?? 0)) return false;
      segment[place] = told;
      return true;
    },
  };
}
