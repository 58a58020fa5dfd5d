import { sha256 } from "@noble/hashes/sha2.js";
import { SECTOR } from "../formats/dirty-bitmap/dirty-bitmap.ts";
import { bitmapKey, MOST_BITMAPS, wordBytes } from "../formats/dirty-bitmap/dirty-bitmap-state.ts";
import {
  type BitScan,
  createBitScan,
  createRangeBuilder,
  endBits,
  type RangeBuilder,
  type RangeList,
  scanBits,
} from "../formats/ranges.ts";
import type { DirtyBitmapChunk } from "../formats/stream/qemu-events.ts";
import { hexBytes, hexText } from "../layout/index.ts";

/**
 * Why a bitmap has no SHA-256: its end was not seen, some of it is missing or does not fit, it was told twice over, or
 * hashing it would take too long.
 */
export type Unhashed = "incomplete" | "missing" | "repeated" | "too-large";

/** A dirty bitmap as its chunks tell it. */
export interface DirtyBitmap {
  /** Device name, node name or alias. */
  readonly node: string;
  readonly name: string;
  /** Bytes of disk that one bit stands for. */
  readonly granularity: number;
  readonly enabled: boolean;
  readonly persistent: boolean;
  readonly autoload: boolean;
  readonly complete: boolean;
  /** Bytes of disk that chunks have told of: the size of the disk, in whole sectors, once it is complete. */
  readonly coveredBytes: number;
  /** Dirty bytes in whole granules, which may reach beyond the end of the disk. */
  readonly dirty: RangeList;
  /** What x-debug-block-dirty-bitmap-sha256 gives on a 64-bit little-endian host. */
  readonly sha256: string | null;
  readonly unhashed: Unhashed | null;
  /** Chunks with bits or zeroes. */
  readonly chunks: number;
}

/** Gathers dirty bitmaps from the chunks of one stream. What it keeps does not grow with the bitmaps. */
export interface BitmapCollector {
  chunk(chunk: DirtyBitmapChunk): void;
  bitmaps(): readonly DirtyBitmap[];
}

interface Gathered
  extends Pick<DirtyBitmap, "node" | "name" | "granularity" | "enabled" | "persistent" | "autoload"> {
  readonly hash: ReturnType<typeof sha256.create>;
  readonly scan: BitScan;
  readonly dirty: RangeBuilder;
  /** Sector behind the last that was told of. */
  next: number;
  complete: boolean;
  unhashed: Unhashed | null;
  chunks: number;
}

/** Zeroes hashed for all bitmaps of a stream; a chunk of a few bytes can stand for half a gigabyte. */
const MOST_ZEROES = 64 << 20;
/** Bitmaps that keep a full list of ranges, and what the others keep. */
const WITH_RANGES = 32;
const FEW_RANGES = 16;
const ZEROES = new Uint8Array(4096);

export function createBitmapCollector(): BitmapCollector {
  const all = new Map<string, Gathered>();
  let zeroes = MOST_ZEROES;
  const hashZeroes = (bitmap: Gathered, count: number) => {
    if (count > zeroes) bitmap.unhashed ??= "too-large";
    if (bitmap.unhashed) return;
    zeroes -= count;
    for (let left = count; left > 0; left -= ZEROES.length)
      bitmap.hash.update(left < ZEROES.length ? ZEROES.subarray(0, left) : ZEROES);
  };
  return {
    chunk(chunk) {
      const key = bitmapKey(chunk.node, chunk.bitmap);
      const bitmap = all.get(key);
      if (chunk.what === "start") {
        if (!bitmap && all.size < MOST_BITMAPS) all.set(key, begin(chunk, all.size < WITH_RANGES));
      } else if (!bitmap) return;
      else if (chunk.what === "complete") bitmap.complete = true;
      else {
        bitmap.chunks++;
        const hex = chunk.what === "bits" ? chunk.bits : "";
        const start = Number(chunk.startSector);
        if (!chunk.placed || hex === null) bitmap.unhashed ??= "missing";
        else if (start < bitmap.next) bitmap.unhashed ??= "repeated";
        else {
          if (start > bitmap.next) bitmap.unhashed ??= "missing";
          const bits = hexBytes(hex);
          const size = wordBytes(bitmap.granularity, chunk.sectorCount);
          if (chunk.what === "zeroes") hashZeroes(bitmap, size);
          else if (!bitmap.unhashed) bitmap.hash.update(bits.subarray(0, size));
          scan(bitmap, start, chunk.sectorCount, bits);
        }
      }
    },
    bitmaps: () => [...all.values()].map(summarise),
  };
}

function begin(chunk: DirtyBitmapChunk & { readonly what: "start" }, full: boolean): Gathered {
  const { node, bitmap: name, granularity, enabled, persistent, autoload } = chunk;
  return {
    node,
    name,
    granularity,
    enabled,
    persistent,
    autoload,
    hash: sha256.create(),
    scan: createBitScan(),
    dirty: full ? createRangeBuilder() : createRangeBuilder(FEW_RANGES),
    next: 0,
    complete: false,
    unhashed: null,
    chunks: 0,
  };
}

/** Takes in the bits of sectors behind all that were told of before; there are none for zeroes. */
function scan(bitmap: Gathered, start: number, sectors: number, bits: Uint8Array): void {
  const { granularity, scan, dirty } = bitmap;
  const perBit = granularity / SECTOR;
  const first = start / perBit;
  const count = Math.ceil(sectors / perBit);
  const run = (bit: number, length: number) => {
    dirty.add(bit * granularity, Math.min(length, first + count - bit) * granularity);
  };
  if (bits.length === 0 || start > bitmap.next) endBits(scan, run);
  scan.bit = first;
  if (bits.length > 0) {
    scanBits(bits, 1, scan, run, 0, Math.ceil(count / 8));
    if (count % 8 !== 0) endBits(scan, run, first + count);
  }
  bitmap.next = start + sectors;
}

function summarise(bitmap: Gathered): DirtyBitmap {
  const { node, name, granularity, enabled, persistent, autoload, complete, chunks, next } = bitmap;
  const { scan, dirty } = bitmap;
  endBits(scan, (bit, length) => dirty.add(bit * granularity, length * granularity));
  const unhashed = bitmap.unhashed ?? (!complete ? "incomplete" : chunks === 0 ? "missing" : null);
  return {
    node,
    name,
    granularity,
    enabled,
    persistent,
    autoload,
    complete,
    coveredBytes: next * SECTOR,
    dirty: dirty.list(),
    sha256: unhashed === null ? digest(bitmap) : null,
    unhashed,
    chunks,
  };
}

/** QEMU hashes the words of the lowest level of its bitmap, of which there is one at least. */
function digest({ hash, next }: Gathered): string {
  const copy = hash.clone();
  if (next === 0) copy.update(ZEROES.subarray(0, 8));
  return hexText(copy.digest());
}

/** A dirty bitmap in the form of the documents, where 64-bit numbers are decimal strings. */
export interface DirtyBitmapSummary
  extends Omit<DirtyBitmap, "autoload" | "coveredBytes" | "dirty" | "unhashed"> {
  /** Only where it is set. */
  readonly autoload?: true;
  readonly coveredBytes: string;
  readonly dirtyBytes: string;
  readonly ranges: readonly { readonly start: string; readonly length: string }[];
  readonly rangesOmitted?: number;
  /** Only where there is no SHA-256. */
  readonly unhashed?: Unhashed;
}

export function summariseBitmap(bitmap: DirtyBitmap): DirtyBitmapSummary {
  const { node, name, granularity, enabled, persistent, autoload, complete, dirty, sha256, unhashed } =
    bitmap;
  return {
    node,
    name,
    granularity,
    enabled,
    persistent,
    ...(autoload ? { autoload } : {}),
    complete,
    coveredBytes: String(bitmap.coveredBytes),
    dirtyBytes: String(dirty.bytes),
    ranges: dirty.ranges.map(({ start, length }) => ({ start: String(start), length: String(length) })),
    ...(dirty.omitted > 0 ? { rangesOmitted: dirty.omitted } : {}),
    sha256,
    ...(unhashed ? { unhashed } : {}),
    chunks: bitmap.chunks,
  };
}
