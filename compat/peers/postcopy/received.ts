import { receivedBitmapSize } from "../../../codec/formats/return-path/received-bitmap.ts";
import type { Load } from "../main-channel/load.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { capable, type PeerBlock } from "../peer.ts";

/** Longest block that is kept account of: a length on the wire may be anything. */
const LONGEST_BLOCK = 2 ** 40;

/** Bytes of bits that are kept of all blocks together. */
const MOST_BITS = 2 ** 26;

/** The bits of a block's pages that have arrived, as RECV_BITMAP is answered; undefined if they are not kept. */
export function receivedBits(load: Load, block: PeerBlock): Uint8Array | undefined {
  if (block.length > LONGEST_BLOCK) return undefined;
  load.received ??= new Map();
  const known = load.received.get(block.idstr);
  if (known) return known.length > 0 ? known : undefined;
  const size = receivedBitmapSize(Math.floor(block.length / PAGE_SIZE));
  const kept = [...load.received.values()].reduce((sum, { length }) => sum + length, size);
  const bits = new Uint8Array(kept > MOST_BITS ? 0 : size);
  load.received.set(block.idstr, bits);
  return bits.length > 0 ? bits : undefined;
}

/** Notes that the target page at `offset` of a block has arrived. */
export function markReceived(load: Load, block: PeerBlock, offset: number): void {
  if (!capable(load.host.peer, "postcopy-ram")) return;
  const page = Math.floor(offset / PAGE_SIZE);
  const bits = receivedBits(load, block);
  const at = Math.floor(page / 8);
  const byte = bits?.[at];
  if (bits && byte !== undefined) bits[at] = byte | (1 << (page % 8));
}

/** Notes that a range of a block was dropped. */
export function forgetReceived(load: Load, idstr: string, start: number, length: number): void {
  const bits = load.received?.get(idstr);
  if (!bits) return;
  const last = Math.min((start + length) / PAGE_SIZE, bits.length * 8);
  let page = start / PAGE_SIZE;
  const forget = (end: number) => {
    for (; page < end; page++) {
      const at = Math.floor(page / 8);
      bits[at] = (bits[at] ?? 0) & ~(1 << (page % 8));
    }
  };
  forget(Math.min(last, Math.ceil(page / 8) * 8));
  if (page < last) bits.fill(0, page / 8, Math.floor(last / 8));
  page = Math.max(page, Math.floor(last / 8) * 8);
  forget(last);
}
