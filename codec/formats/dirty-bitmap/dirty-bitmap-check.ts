import type { FindingRule } from "../finding.ts";
import { find, type Reader, wrong } from "../stream/qemu-reader.ts";
import { BITS, COMPLETE, EXTRA_FLAGS, RESERVED_START_FLAGS, SECTOR, START, ZEROES } from "./dirty-bitmap.ts";
import {
  bitmapKey,
  type KnownBitmap,
  MOST_BITMAPS,
  sectorsPerWord,
  wordBytes,
} from "./dirty-bitmap-state.ts";

/** Bytes a buffer may have since 5.1: ten times what any release writes. */
export const LONGEST_BUFFER = 10 << 10;
/** No disk is believed to have more sectors: offsets in bytes stay exact up to 8 PiB. */
const MOST_SECTORS = 2 ** 44;
/** HBITMAP_LOG_MAX_SIZE of a 64-bit host. */
const MOST_BITS = 2 ** 41;

/** Whether something may have been told in bytes that were not read. */
function isBlind({ unseen, bitmaps }: Reader): boolean {
  return unseen || bitmaps.broken || bitmaps.known.size >= MOST_BITMAPS;
}

/** Flags as their bytes stand, the last of which counts. */
export function checkFlags(reader: Reader, offset: number, bytes: readonly number[]): void {
  const last = bytes.at(-1) ?? 0;
  const before = bytes.slice(0, -1).map((byte, i) => (i === 2 ? byte : byte & ~EXTRA_FLAGS));
  const content = last & (START | COMPLETE | BITS | ZEROES);
  const written = [0, START, COMPLETE, BITS, BITS | ZEROES].includes(content);
  if (written && (last & EXTRA_FLAGS) === 0 && before.every((byte) => byte === 0)) return;
  const found = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  find(reader, "DIRTY_BITMAP_FLAGS_KNOWN", "warning", offset, { found: `0x${found}` });
}

/** The bitmap a chunk with content belongs to, undefined when nothing is known of it. */
export function currentBitmap(reader: Reader, offset: number, starts: boolean): KnownBitmap | undefined {
  const { bitmaps } = reader;
  const { node, name } = bitmaps;
  if (node === undefined || name === undefined) {
    if (!isBlind(reader)) find(reader, "DIRTY_BITMAP_NAMED", "error", offset);
    return undefined;
  }
  const known = bitmaps.known.get(bitmapKey(node, name));
  if (starts) return known;
  if (!known && !isBlind(reader))
    find(reader, "DIRTY_BITMAP_STARTED", "error", offset, { idstr: titleOf(node, name) });
  if (known?.complete) tell(reader, known, "DIRTY_BITMAP_OPEN", offset);
  return known;
}

/** A START chunk: remembers the bitmap, unless it was started before. */
export function startBitmap(
  reader: Reader,
  known: KnownBitmap | undefined,
  offset: number,
  granularity: number,
  flags: number,
): void {
  const { node, name, known: all } = reader.bitmaps;
  if (node === undefined || name === undefined) return;
  const bitmap: KnownBitmap = {
    node,
    name,
    granularity: isGranularity(granularity) ? granularity : 0,
    complete: false,
    next: 0,
    end: undefined,
  };
  if (bitmap.granularity === 0)
    tell(reader, bitmap, "DIRTY_BITMAP_GRANULARITY_SOUND", offset, { found: granularity });
  if ((flags & RESERVED_START_FLAGS) !== 0)
    tell(reader, bitmap, "DIRTY_BITMAP_START_FLAGS_KNOWN", offset, { found: `0x${flags.toString(16)}` });
  if (known) tell(reader, bitmap, "DIRTY_BITMAP_UNIQUE", offset);
  else if (all.size < MOST_BITMAPS) all.set(bitmapKey(node, name), bitmap);
  else find(reader, "DIRTY_BITMAP_KEPT", "warning", offset, { expected: MOST_BITMAPS });
}

function isGranularity(granularity: number): boolean {
  return granularity >= SECTOR && Number.isInteger(Math.log2(granularity));
}

/** Whether the sectors of a chunk can be placed in its bitmap. Moves the bitmap on. */
export function checkRange(
  reader: Reader,
  bitmap: KnownBitmap,
  offset: number,
  startSector: bigint,
  count: number,
): boolean {
  if (bitmap.granularity === 0) return false;
  const word = sectorsPerWord(bitmap.granularity);
  const most = Math.min(MOST_SECTORS, (MOST_BITS / 64) * word);
  const unsound = (expected: string, found: number | bigint) => {
    tell(reader, bitmap, "DIRTY_BITMAP_RANGE_SOUND", offset, { expected, found: String(found) });
    return false;
  };
  if (startSector + BigInt(count) > BigInt(most))
    return unsound(`an end at sector ${most} or before`, startSector + BigInt(count));
  const start = Number(startSector);
  const end = start + count;
  if (start % word !== 0) return unsound(`a start at a multiple of ${word} sectors`, start);
  if (bitmap.end !== undefined && end > bitmap.end)
    return unsound(`an end at sector ${bitmap.end}, where the disk ends`, end);
  if (count % word !== 0 && end < bitmap.next)
    return unsound(`a multiple of ${word} sectors before the end of the disk`, count);
  if (start !== bitmap.next && !reader.bitmaps.broken) {
    const args = { idstr: titleOf(bitmap.node, bitmap.name), expected: bitmap.next, found: start };
    find(reader, "DIRTY_BITMAP_CONTIGUOUS", "warning", offset, args);
  }
  if (count % word !== 0) bitmap.end = end;
  bitmap.next = Math.max(bitmap.next, end);
  return true;
}

/**
 * Whether a buffer is as long as the words for its sectors: exactly, or padded to 32 bytes. Throws for a length that
 * neither its sectors nor any release account for.
 */
export function checkLength(
  reader: Reader,
  bitmap: KnownBitmap | undefined,
  offset: number,
  count: number,
  length: bigint,
): boolean {
  const least = bitmap && bitmap.granularity > 0 ? wordBytes(bitmap.granularity, count) : undefined;
  const most = 32 * Math.ceil((least ?? 0) / 32);
  const fits = least !== undefined && length >= BigInt(least) && length <= BigInt(most);
  const found = String(length);
  if (length > LONGEST_BUFFER) {
    const at = reader.cursor.offset - 8;
    if (!fits) throw wrong(reader, "DirtyBitmapBuffer.length", at, `at most ${LONGEST_BUFFER}`, found);
    tell(reader, bitmap, "DIRTY_BITMAP_BUFFER_BOUNDED", offset, { expected: LONGEST_BUFFER, found });
  } else if (least !== undefined && !fits) {
    const expected = least === most ? String(least) : `${least} to ${most}`;
    tell(reader, bitmap, "DIRTY_BITMAP_BUFFER_FITS", offset, { expected, found });
  }
  return fits;
}

/** At the end of the last section every bitmap that was started must be complete. */
export function checkFinished(reader: Reader): void {
  const { cursor, bitmaps } = reader;
  if (bitmaps.finished) return;
  bitmaps.finished = true;
  for (const bitmap of bitmaps.known.values())
    if (!bitmap.complete && !bitmaps.broken) tell(reader, bitmap, "DIRTY_BITMAP_COMPLETED", cursor.offset);
}

function tell(
  reader: Reader,
  bitmap: KnownBitmap | undefined,
  rule: FindingRule,
  offset: number,
  args: Readonly<Record<string, string | number>> = {},
): void {
  find(reader, rule, "error", offset, { idstr: bitmap ? titleOf(bitmap.node, bitmap.name) : "", ...args });
}

function titleOf(node: string, name: string): string {
  return `${node}/${name}`;
}
