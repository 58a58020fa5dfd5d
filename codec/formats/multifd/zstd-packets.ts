import { Decompress } from "fzstd";
import { type CreateInflater, InflateError, type PacketInflater } from "./packet-inflater.ts";
import { createBlockGuard } from "./zstd-block.ts";

/**
 * Memory for the windows of all channels. QEMU's levels take 512 KiB (1) to 8 MiB (19) a channel, and 32 MiB for level 20.
 */
const WINDOWS = 48 << 20;

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const MOST_BLOCK = 128 << 10;
const BLOCK_HEADER = 3;
const RAW = 0;
const RLE = 1;
const COMPRESSED = 2;
/** The library waits for so many bytes before it reads a frame header. */
const LEAST_BEGINNING = 18;

/** Makes inflaters for zstd payloads whose windows together take no more than `windows` bytes. */
export function zstdInflaters(windows: number = WINDOWS): CreateInflater {
  let left = windows;
  return () =>
    createZstdInflater((window) => {
      if (window > left)
        throw new InflateError(
          `the zstd stream wants a window of ${window} bytes, more than is kept for windows`,
        );
      left -= window;
    });
}

/**
 * One zstd frame a channel, which QEMU flushes at the end of each packet but never ends. The library believes what it
 * reads, so it is given one whole block at a time, of which sizes were checked.
 */
function createZstdInflater(take: (window: number) => void): PacketInflater {
  let ready: Uint8Array[] = [];
  const stream = new Decompress((data) => {
    ready.push(data);
  });
  let kept: Uint8Array = new Uint8Array(64);
  let have = 0;
  let want = 5;
  let blockMost = 0;
  const guard = createBlockGuard();

  /** What is kept is complete as far as is known; it may turn out to be longer, or is used. */
  const advance = () => {
    if (blockMost === 0) {
      want = frameHeaderLength(kept);
      if (have < want) return;
      const window = windowOf(kept);
      take(window);
      blockMost = Math.min(window, MOST_BLOCK);
      const blocks = Math.max(0, Math.ceil((LEAST_BEGINNING - have) / BLOCK_HEADER));
      const beginning = new Uint8Array(have + BLOCK_HEADER * blocks);
      beginning.set(kept.subarray(0, have));
      stream.push(beginning);
    } else {
      want = BLOCK_HEADER + bodyLength(kept, blockMost);
      if (have < want) return;
      if (blockType(kept) === COMPRESSED) guard(kept.subarray(BLOCK_HEADER, have), blockMost);
      // In two pieces, or the library would keep an empty one for ever.
      stream.push(kept.slice(0, have - 1));
      stream.push(kept.slice(have - 1, have));
    }
    have = 0;
    want = BLOCK_HEADER;
  };

  return {
    push(chunk, out) {
      for (let at = 0; at < chunk.length; ) {
        const step = Math.min(want - have, chunk.length - at);
        kept = roomFor(kept, want);
        kept.set(chunk.subarray(at, at + step), have);
        have += step;
        at += step;
        if (have < want) return;
        ready = [];
        try {
          advance();
        } catch (error) {
          if (error instanceof InflateError) throw error;
          throw new InflateError("the zstd stream is damaged", { cause: error });
        }
        for (const piece of ready) if (piece.length > 0) out(piece);
      }
    },
  };
}

function roomFor(kept: Uint8Array, want: number): Uint8Array {
  if (want <= kept.length) return kept;
  const grown = new Uint8Array(Math.max(want, 2 * kept.length));
  grown.set(kept);
  return grown;
}

function frameHeaderLength(bytes: Uint8Array): number {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new InflateError("no zstd frame begins here");
  const descriptor = bytes[4] ?? 0;
  if ((descriptor & 0x0b) !== 0) throw new InflateError("a zstd frame as QEMU does not make it");
  const single = isSingle(descriptor);
  const contentSize = descriptor >> 6 === 0 ? (single ? 1 : 0) : 1 << (descriptor >> 6);
  return 5 + (single ? 0 : 1) + contentSize;
}

function isSingle(descriptor: number): boolean {
  return (descriptor & 0x20) !== 0;
}

function windowOf(bytes: Uint8Array): number {
  if (isSingle(bytes[4] ?? 0)) throw new InflateError("a zstd frame as QEMU does not make it");
  const descriptor = bytes[5] ?? 0;
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function blockType(bytes: Uint8Array): number {
  return ((bytes[0] ?? 0) >> 1) & 3;
}

function bodyLength(bytes: Uint8Array, most: number): number {
  const [first = 0, second = 0, third = 0] = bytes;
  if ((first & 1) !== 0) throw new InflateError("the zstd stream ends here, which QEMU's do not");
  const size = (first >> 3) + (second << 5) + (third << 13);
  if (size > most) throw new InflateError(`a zstd block of ${size} bytes, more than is allowed`);
  const type = blockType(bytes);
  if (type === RLE) return 1;
  if (type === RAW || type === COMPRESSED) return size;
  throw new InflateError("a zstd block of unknown type");
}
