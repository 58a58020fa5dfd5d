import { differs } from "./tcp-history.ts";

/** A part of a stream that waits behind a hole. Its last bytes may be missing, cut off by the snap length. */
interface HeldSegment {
  readonly offset: number;
  readonly length: number;
  readonly data: Uint8Array;
}

/** Parts of one direction that came too early, in order and without overlap. */
export interface Held {
  readonly segments: HeldSegment[];
  /** What they take, with what each costs by itself. */
  cost: number;
}

const COST_OF_SEGMENT = 128;

export function createHeld(): Held {
  return { segments: [], cost: 0 };
}

const endOf = (segment: HeldSegment) => segment.offset + segment.length;

/**
 * Keeps a copy of what is new in a segment of `length` bytes, of which `data` was captured. Bytes that came before stand.
 * Returns whether some of them differ.
 */
export function hold(held: Held, offset: number, length: number, data: Uint8Array): boolean {
  const { segments } = held;
  const end = offset + length;
  let conflict = false;
  let at = offset;
  let index = firstEndingBehind(segments, offset);
  while (at < end) {
    const other = segments[index];
    const until = other ? Math.min(end, Math.max(at, other.offset)) : end;
    if (until > at) {
      const copy = data.slice(at - offset, until - offset);
      segments.splice(index, 0, { offset: at, length: until - at, data: copy });
      held.cost += copy.length + COST_OF_SEGMENT;
      index++;
    }
    if (!other || until === end) break;
    at = Math.min(end, endOf(other));
    const known = Math.min(at, offset + data.length, other.offset + other.data.length) - until;
    conflict ||= differs(other.data, until - other.offset, data, until - offset, known);
    index++;
  }
  return conflict;
}

/** Takes out what begins at or before `next`, in order, until a hole remains or nothing is left. */
export function release(held: Held, next: number, take: (segment: HeldSegment) => number): void {
  const { segments } = held;
  let count = 0;
  for (let reached = next; count < segments.length; count++) {
    const segment = segments[count];
    if (!segment || segment.offset > reached) break;
    held.cost -= segment.data.length + COST_OF_SEGMENT;
    reached = take(segment);
  }
  segments.splice(0, count);
}

function firstEndingBehind(segments: readonly HeldSegment[], offset: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const segment = segments[middle];
    if (segment && endOf(segment) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
