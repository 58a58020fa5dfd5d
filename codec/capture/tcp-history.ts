/** Bytes of all connections together that are remembered after they were delivered. */
const SIZE = 1 << 18;
const ENTRIES = 256;

/**
 * The bytes delivered last, over all connections: a retransmission is compared with them. One that comes later than
 * that goes unchecked, which is what bounded memory costs.
 */
export interface History<Owner> {
  readonly bytes: Uint8Array;
  readonly owners: (Owner | undefined)[];
  /** Offset in the stream of the first byte of each entry. */
  readonly offsets: Float64Array;
  readonly lengths: Float64Array;
  /** Where each entry begins, counting all that was ever written. */
  readonly places: Float64Array;
  next: number;
  written: number;
}

export function createHistory<Owner>(): History<Owner> {
  return {
    bytes: new Uint8Array(SIZE),
    owners: Array.from({ length: ENTRIES }, () => undefined),
    offsets: new Float64Array(ENTRIES),
    lengths: new Float64Array(ENTRIES),
    places: new Float64Array(ENTRIES),
    next: 0,
    written: 0,
  };
}

export function remember<Owner>(
  history: History<Owner>,
  owner: Owner,
  offset: number,
  data: Uint8Array,
): void {
  const length = data.length;
  if (length > SIZE) return;
  const room = SIZE - (history.written % SIZE);
  if (room < length) history.written += room;
  history.bytes.set(data, history.written % SIZE);
  const entry = history.next;
  history.owners[entry] = owner;
  history.offsets[entry] = offset;
  history.lengths[entry] = length;
  history.places[entry] = history.written;
  history.written += length;
  history.next = (entry + 1) % ENTRIES;
}

/** Whether bytes that came again differ from those that were delivered, as far as these are remembered. */
export function contradicts<Owner>(
  history: History<Owner>,
  owner: Owner,
  offset: number,
  data: Uint8Array,
): boolean {
  for (let entry = 0; entry < ENTRIES; entry++) {
    if (history.owners[entry] !== owner) continue;
    const place = history.places[entry] ?? 0;
    if (place < history.written - SIZE) continue;
    const start = history.offsets[entry] ?? 0;
    const from = Math.max(start, offset);
    const to = Math.min(start + (history.lengths[entry] ?? 0), offset + data.length);
    if (from < to && differs(history.bytes, (place % SIZE) + from - start, data, from - offset, to - from))
      return true;
  }
  return false;
}

/** Whether two ranges of the same length differ. */
export function differs(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[aAt + i] !== b[bAt + i]) return true;
  return false;
}
