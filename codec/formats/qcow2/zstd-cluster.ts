import { decompress } from "fzstd";
import { createBlockGuard } from "../multifd/zstd-block.ts";

const MAGIC = 0xfd2fb528;
const MOST_BLOCK = 128 << 10;
const RAW = 0;
const RLE = 1;
const COMPRESSED = 2;
const CHECKSUM = 4;

/**
 * Inflates a zstd cluster, which ends somewhere in the sectors it is stored in. `undefined` unless it makes exactly one
 * cluster. The library believes what it reads, so lengths are added up before it sees them.
 */
export function inflateZstdCluster(stored: Uint8Array, clusterSize: number): Uint8Array | undefined {
  const out = new Uint8Array(clusterSize);
  try {
    for (let at = 0, made = 0; made < clusterSize; ) {
      const frame = measure(stored.subarray(at), clusterSize - made);
      const bytes = decompress(stored.subarray(at, at + frame.length), new Uint8Array(frame.makes));
      if (frame.makes === 0 || bytes.length !== frame.makes) return undefined;
      out.set(bytes, made);
      made += frame.makes;
      at += frame.length;
    }
    return out;
  } catch {
    return undefined;
  }
}

/** Length of the frame at the beginning of `bytes`, and how much it makes; throws unless that is at most `most`. */
function measure(bytes: Uint8Array, most: number): { readonly length: number; readonly makes: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError("no zstd frame");
  const descriptor = view.getUint8(4);
  const guard = createBlockGuard();
  let at = headerLength(descriptor);
  let makes = 0;
  for (let last = false; !last; ) {
    const header = view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_0000;
    last = header % 2 === 1;
    const type = Math.floor(header / 2) % 4;
    const size = Math.floor(header / 8);
    const length = type === RLE ? 1 : size;
    at += 3;
    if (size > MOST_BLOCK || at + length > bytes.length) throw new RangeError("a zstd block is damaged");
    const room = Math.min(most - makes, MOST_BLOCK);
    if (type === COMPRESSED) makes += guard(bytes.subarray(at, at + length), room);
    else if (type === RAW || type === RLE) makes += size;
    else throw new RangeError("a zstd block of unknown type");
    if (makes > most) throw new RangeError("a zstd frame makes more than a cluster");
    at += length;
  }
  if ((descriptor & CHECKSUM) !== 0) at += 4;
  return { length: at, makes };
}

/** Bytes of magic and frame header. Frames with a dictionary are not QEMU's. */
function headerLength(descriptor: number): number {
  if ((descriptor & 3) !== 0) throw new RangeError("a zstd frame with a dictionary");
  const single = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const contentSize = sizeFlag === 0 ? (single ? 1 : 0) : 2 ** sizeFlag;
  return 5 + (single ? 0 : 1) + contentSize;
}
