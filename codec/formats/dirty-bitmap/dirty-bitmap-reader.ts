import { hexText, type Steps } from "../../layout/index.ts";
import type { DirtyBitmapContent } from "../stream/qemu-events.ts";
import { find, pathOf, type Reader, skipRaw, wrong } from "../stream/qemu-reader.ts";
import {
  AUTOLOAD,
  BITMAP_NAME,
  BITS,
  COMPLETE,
  DEVICE_NAME,
  DirtyBitmapBits,
  DirtyBitmapBuffer,
  DirtyBitmapFlags,
  DirtyBitmapName,
  DirtyBitmapStart,
  ENABLED,
  EOS,
  PERSISTENT,
  START,
  ZEROES,
} from "./dirty-bitmap.ts";
import {
  checkFinished,
  checkFlags,
  checkLength,
  checkRange,
  currentBitmap,
  LONGEST_BUFFER,
  startBitmap,
} from "./dirty-bitmap-check.ts";
import type { KnownBitmap } from "./dirty-bitmap-state.ts";

/** Reads the chunks of one dirty-bitmap section, up to the one with EOS. */
export function* readDirtyBitmaps(reader: Reader): Steps<"decoded"> {
  const { open, bitmaps } = reader;
  if (open?.kind === "start" && open.version !== 1)
    find(reader, "DIRTY_BITMAP_VERSION_SUPPORTED", "error", open.offset, {
      expected: 1,
      found: open.version,
    });
  let whole = false;
  try {
    while (((yield* readChunk(reader)) & EOS) === 0);
    if (open?.kind === "end") checkFinished(reader);
    whole = true;
    return "decoded";
  } finally {
    if (!whole) {
      bitmaps.node = undefined;
      bitmaps.name = undefined;
      bitmaps.broken = true;
    }
  }
}

/** Reads one chunk and returns its flags. */
function* readChunk(reader: Reader): Steps<number> {
  const { bitmaps, sink } = reader;
  const { offset } = reader.cursor;
  const flags = yield* readFlags(reader);
  if ((flags & DEVICE_NAME) !== 0) bitmaps.node = yield* readName(reader, "node");
  if ((flags & BITMAP_NAME) !== 0) bitmaps.name = yield* readName(reader, "bitmap");
  if ((flags & (START | COMPLETE | BITS)) === 0) {
    if ((flags & EOS) !== 0) return flags;
    throw wrong(reader, "chunk", offset, "flags of a chunk", `0x${flags.toString(16).padStart(2, "0")}`);
  }
  const known = currentBitmap(reader, offset, (flags & START) !== 0);
  const content = yield* readContent(reader, known, flags, offset);
  const { node, name: bitmap } = bitmaps;
  if (node !== undefined && bitmap !== undefined)
    sink.event({ kind: "dirty-bitmap-chunk", offset, node, bitmap, ...content });
  return flags;
}

/** The flags that every release goes by: those of the last byte. */
function* readFlags(reader: Reader): Steps<number> {
  const { cursor } = reader;
  const { offset } = cursor;
  const { first, second, third, fourth } = yield* cursor.struct(DirtyBitmapFlags, { within: pathOf(reader) });
  const bytes = [first, second, third, fourth].filter((byte) => byte !== undefined);
  checkFlags(reader, offset, bytes);
  return bytes.at(-1) ?? 0;
}

function* readName(reader: Reader, of: "node" | "bitmap"): Steps<string> {
  const { offset } = reader.cursor;
  const { name } = yield* reader.cursor.struct(DirtyBitmapName, { within: `${pathOf(reader)}.${of}` });
  if (name === "") find(reader, "DIRTY_BITMAP_NAMED", "error", offset);
  return name;
}

/** What follows flags and names. Of several kinds at once every release takes the first in this order. */
function* readContent(
  reader: Reader,
  known: KnownBitmap | undefined,
  flags: number,
  offset: number,
): Steps<DirtyBitmapContent> {
  const { cursor } = reader;
  const within = pathOf(reader);
  if ((flags & START) !== 0) {
    const { granularity, flags: kinds } = yield* cursor.struct(DirtyBitmapStart, { within });
    startBitmap(reader, known, offset, granularity, kinds);
    const [enabled, persistent, autoload] = [ENABLED, PERSISTENT, AUTOLOAD].map((bit) => (kinds & bit) !== 0);
    return {
      what: "start",
      granularity,
      enabled: enabled === true,
      persistent: persistent === true,
      autoload: autoload === true,
    };
  }
  if ((flags & COMPLETE) !== 0) {
    if (known) known.complete = true;
    return { what: "complete" };
  }
  const { startSector, sectorCount } = yield* cursor.struct(DirtyBitmapBits, { within });
  const placed = known !== undefined && checkRange(reader, known, offset, startSector, sectorCount);
  const range = { startSector, sectorCount, placed };
  if ((flags & ZEROES) !== 0) return { what: "zeroes", ...range };
  const bits = yield* readBits(reader, known, offset, sectorCount);
  return { what: "bits", ...range, bits: placed ? bits : null };
}

/** The bits of a chunk, null when they are not all there or not as many as its sectors need. */
function* readBits(
  reader: Reader,
  known: KnownBitmap | undefined,
  offset: number,
  sectors: number,
): Steps<string | null> {
  const { cursor } = reader;
  const { length } = yield* cursor.struct(DirtyBitmapBuffer, { within: pathOf(reader) });
  const fits = checkLength(reader, known, offset, sectors, length);
  const size = Number(length);
  const path = `${pathOf(reader)}.bits`;
  let bits: string | null = null;
  if (size <= LONGEST_BUFFER && (yield* cursor.intact(size, path)) && fits)
    bits = hexText(cursor.bytes.subarray(cursor.at, cursor.at + size));
  yield* skipRaw(reader, size, "bits");
  return bits;
}
