import { type CaptureState, find } from "./capture-state.ts";
import { differs } from "./tcp-history.ts";

/** A datagram of which some fragments were seen. */
interface Datagram {
  readonly begun: number;
  /** In order and without overlap. */
  readonly pieces: Piece[];
  /** Length of the whole, known from the last fragment; -1 before. */
  total: number;
  /** Bytes on the wire, and what keeping them costs. */
  length: number;
  cost: number;
}

interface Piece {
  readonly offset: number;
  readonly length: number;
  readonly data: Uint8Array;
}

/** What a datagram held, up to the first byte that the capture does not have, and its length. */
export interface Whole {
  readonly data: Uint8Array;
  readonly length: number;
}

export interface Fragments {
  readonly datagrams: Map<string, Datagram>;
  /** Datagrams that were complete lately: a fragment of theirs that comes again is not missing others. */
  readonly done: Set<string>;
  cost: number;
  /** Datagrams given up because the rest did not come. */
  lost: number;
  firstLost: number;
}

/** After so many packets the identification may be in use again. */
const PATIENCE_PACKETS = 20_000;
const DONE_KEPT = 256;
const LONGEST_DATAGRAM = 65_535;
const COST_OF_PIECE = 128;
const COST_OF_DATAGRAM = 512;

export function createFragments(): Fragments {
  return { datagrams: new Map(), done: new Set(), cost: 0, lost: 0, firstLost: 0 };
}

/**
 * Takes in the fragment that the packet is at. Returns the datagram when it is complete. One whose fragments overlap is
 * dropped, as receivers do (RFC 5722, and Linux for IPv4 too); a fragment that comes twice is not an overlap.
 */
export function addFragment(
  state: CaptureState,
  fragments: Fragments,
  key: string,
  offset: number,
  more: boolean,
): Whole | undefined {
  const { packet, packets } = state;
  const length = packet.wireEnd - packet.at;
  const data = packet.bytes.slice(packet.at, Math.max(packet.at, packet.end));
  state.fragments++;
  let datagram = fragments.datagrams.get(key);
  if (datagram && packets - datagram.begun > PATIENCE_PACKETS) {
    giveUp(fragments, key, datagram);
    datagram = undefined;
  }
  if (!datagram) {
    datagram = { begun: packets, pieces: [], total: -1, length: 0, cost: COST_OF_DATAGRAM };
    fragments.datagrams.set(key, datagram);
    fragments.cost += datagram.cost;
  }
  const end = offset + length;
  const place = placeOf(datagram.pieces, offset);
  const before = datagram.pieces[place - 1];
  if (before && before.offset === offset && before.length === length) {
    const known = Math.min(before.data.length, data.length);
    if (!differs(before.data, 0, data, 0, known)) return undefined;
  }
  const after = datagram.pieces[place];
  const overlaps =
    (before && before.offset + before.length > offset) ||
    (after && after.offset < end) ||
    (datagram.total >= 0 && (end > datagram.total || !more)) ||
    (!more && before && before.offset + before.length > end) ||
    (!more && after);
  if (overlaps || length <= 0 || end > LONGEST_DATAGRAM) {
    find(state, "IP_FRAGMENTS_AGREE", "warning", { offset, length });
    drop(fragments, key, datagram);
    return undefined;
  }
  datagram.pieces.splice(place, 0, { offset, length, data });
  datagram.length += length;
  const cost = data.length + COST_OF_PIECE;
  datagram.cost += cost;
  fragments.cost += cost;
  if (!more) datagram.total = end;
  if (datagram.length === datagram.total) {
    drop(fragments, key, datagram);
    complete(fragments, key);
    return assemble(datagram);
  }
  keepWithinBounds(state, fragments);
  return undefined;
}

/** Index of the first piece that begins behind `offset`. */
function placeOf(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pieces[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function assemble({ pieces, total }: Datagram): Whole {
  const data = new Uint8Array(total);
  let have = 0;
  for (const piece of pieces) {
    data.set(piece.data, piece.offset);
    have += piece.data.length;
    if (piece.data.length < piece.length) break;
  }
  return { data: data.subarray(0, have), length: total };
}

function keepWithinBounds({ limits }: CaptureState, fragments: Fragments): void {
  for (const [key, datagram] of fragments.datagrams) {
    if (fragments.datagrams.size <= limits.datagrams && fragments.cost <= limits.datagramBytes) break;
    giveUp(fragments, key, datagram);
  }
}

function complete({ done }: Fragments, key: string): void {
  done.delete(key);
  done.add(key);
  if (done.size <= DONE_KEPT) return;
  for (const oldest of done) {
    done.delete(oldest);
    break;
  }
}

function giveUp(fragments: Fragments, key: string, datagram: Datagram): void {
  if (!fragments.done.has(key) && fragments.lost++ === 0) fragments.firstLost = datagram.begun;
  drop(fragments, key, datagram);
}

function drop(fragments: Fragments, key: string, datagram: Datagram): void {
  fragments.datagrams.delete(key);
  fragments.cost -= datagram.cost;
}

/** The capture ends here: what is not whole never will be. */
export function finishFragments(fragments: Fragments): void {
  for (const [key, datagram] of fragments.datagrams) giveUp(fragments, key, datagram);
}
