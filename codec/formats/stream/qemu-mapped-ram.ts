import { concat, type Steps } from "../../layout/index.ts";
import type { RamBlock } from "./qemu-events.ts";
import { MappedRamHeader } from "./qemu-ram.ts";
import { find, pathOf, type Reader, skipRaw, wrong } from "./qemu-reader.ts";

/** Bitmap bytes kept to find a block's pages: enough for 1 TiB of RAM in 4 KiB pages. */
const LONGEST_KEPT_BITMAP = 32 << 20;

/** Whether a header can be what it claims: the right place for a bitmap of the block, then for its pages. */
export function isSound(header: MappedRamHeader, usedLength: number, pageSize: number): boolean {
  const { version, bitmapOffset, pagesOffset } = header;
  if (version !== 1 || header.pageSize !== pageSize || usedLength % pageSize !== 0) return false;
  if (bitmapOffset === 0 && pagesOffset === 0) return true;
  return pagesOffset % pageSize === 0 && pagesOffset >= bitmapOffset + bitmapBytes(usedLength, pageSize);
}

/** The source writes whole 64-bit words. */
function bitmapBytes(usedLength: number, pageSize: number): number {
  return 8 * Math.ceil(usedLength / pageSize / 64);
}

/**
 * Reads what a mapped-ram file holds for one block: header, bitmap, then the page area up to the next block's entry.
 * Offsets count from the start of the file; a stream cut out of its file is read all the same, by the distance between
 * header and bitmap, which is fixed.
 */
export function* readMappedBlock(reader: Reader, block: RamBlock): Steps<MappedRamHeader> {
  const { cursor, ram, sink } = reader;
  const start = cursor.offset;
  const header = yield* cursor.struct(MappedRamHeader, { within: pathOf(reader) });
  if (!isSound(header, block.usedLength, ram.pageSize)) {
    const { version, pageSize, bitmapOffset, pagesOffset } = header;
    const found = `version ${version}, page size ${pageSize}, bitmap at ${bitmapOffset}, pages at ${pagesOffset}`;
    throw wrong(reader, "MappedRamHeader", start, `a header for ${block.usedLength} bytes of RAM`, found);
  }
  if (header.pagesOffset === 0) return header;
  const shift = header.bitmapOffset - cursor.offset;
  if (shift !== 0)
    find(reader, "MAPPED_RAM_HEADER_SOUND", "warning", start, {
      expected: cursor.offset,
      found: header.bitmapOffset,
    });
  const size = bitmapBytes(block.usedLength, ram.pageSize);
  const bitmap = yield* readBitmap(reader, block, size);
  const pagesAt = header.pagesOffset - shift;
  yield* skipRaw(reader, pagesAt - cursor.offset, `${block.idstr}.padding`);
  if (sink.page && bitmap) yield* visitPages(reader, block, bitmap, pagesAt);
  yield* skipRaw(reader, pagesAt + block.usedLength - cursor.offset, `${block.idstr}.pages`);
  return header;
}

/** Counts the pages present. Keeps the bitmap only for those who want the pages. */
function* readBitmap(reader: Reader, block: RamBlock, size: number): Steps<Uint8Array | undefined> {
  const { cursor, ram, sink } = reader;
  const start = cursor.offset;
  const parts: Uint8Array[] = [];
  const pages = block.usedLength / ram.pageSize;
  if (sink.page && size > LONGEST_KEPT_BITMAP)
    find(reader, "MAPPED_RAM_BITMAP_KEPT", "warning", start, { block: block.idstr, length: size });
  let done = 0;
  while (done < size) {
    yield* cursor.need(1, `${pathOf(reader)}.${block.idstr}.bitmap`);
    const take = Math.min(cursor.end - cursor.at, size - done);
    const part = cursor.bytes.subarray(cursor.at, cursor.at + take);
    block.pages.normal += countBits(part);
    if (sink.page && size <= LONGEST_KEPT_BITMAP) parts.push(part.slice());
    cursor.at += take;
    done += take;
  }
  const field = {
    kind: "bytes",
    length: size,
    doc: "One bit per page, set if the page is present.",
  } as const;
  const path = `${pathOf(reader)}.${block.idstr}.bitmap`;
  cursor.trace?.({ path, start, end: start + size, value: size, field });
  if (block.pages.normal > pages)
    find(reader, "MAPPED_RAM_HEADER_SOUND", "error", start, { expected: pages, found: block.pages.normal });
  return sink.page && parts.length > 0 ? concat(parts, size) : undefined;
}

function* visitPages(reader: Reader, block: RamBlock, bitmap: Uint8Array, pagesAt: number): Steps {
  const { cursor, ram, sink } = reader;
  const size = ram.pageSize;
  const pages = block.usedLength / size;
  for (let page = 0; page < pages; page++) {
    const byte = bitmap[page >>> 3] ?? 0;
    if (byte === 0 && page % 8 === 0) {
      page += 7;
      continue;
    }
    if (((byte >> (page % 8)) & 1) === 0) continue;
    yield* skipRaw(reader, pagesAt + page * size - cursor.offset, `${block.idstr}.hole`);
    const name = `${block.idstr}.page`;
    yield* cursor.need(size, `${pathOf(reader)}.${name}`);
    sink.page?.(block, page * size, "normal", cursor.bytes.subarray(cursor.at, cursor.at + size), size);
    yield* skipRaw(reader, size, name);
  }
}

function countBits(bytes: Uint8Array): number {
  let count = 0;
  for (let byte of bytes) for (; byte !== 0; byte &= byte - 1) count++;
  return count;
}
