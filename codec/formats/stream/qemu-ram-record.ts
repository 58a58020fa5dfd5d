import type { Steps } from "../../layout/index.ts";
import type { PageKind, RamBlock } from "./qemu-events.ts";
import { decidePageSize, narrowPageSize } from "./qemu-page-size.ts";
import {
  COMPRESS_PAGE,
  CONTINUE,
  CompressedPage,
  EOS,
  HOOK,
  MEM_SIZE,
  MULTIFD_FLUSH,
  PAGE,
  PAGE_KINDS,
  RamBlockName,
  RamRecord,
  XBZRLE,
  XbzrlePage,
  ZERO,
  ZeroPage,
} from "./qemu-ram.ts";
import { readBlocks } from "./qemu-ram-blocks.ts";
import { expectDisorder, noPages, visit } from "./qemu-ram-state.ts";
import { find, pathOf, type Reader, skipRaw, wrong } from "./qemu-reader.ts";
import { isSoundXbzrle } from "./xbzrle.ts";

/** Blocks that records name and no list has announced. */
const MOST_UNANNOUNCED = 64;

/** Reads one record of the ram section. Returns true at EOS. */
export function* readRecord(reader: Reader): Steps<boolean> {
  const { cursor, ram } = reader;
  const start = cursor.offset;
  const { word } = yield* cursor.struct(RamRecord, { within: pathOf(reader) });
  const low = Number(word & 0xffffn);
  narrowPageSize(reader, low, start);
  const flags = low & (ram.pageSize - 1);
  const kind = flags & ~CONTINUE;
  if (word >> 53n !== 0n || (kind !== flags && (kind & PAGE_KINDS) === 0)) throw unknown(reader, start, word);
  const offset = Number(word) - flags;
  switch (kind) {
    case EOS:
      ram.ends++;
      return true;
    case MEM_SIZE:
      yield* readBlocks(reader, offset);
      return false;
    case MULTIFD_FLUSH:
      ram.flushes++;
      return false;
    case HOOK:
      ram.hooks++;
      return false;
    case ZERO:
    case PAGE:
    case XBZRLE:
    case COMPRESS_PAGE:
      yield* readPage(reader, flags, offset, start);
      return false;
    default:
      throw unknown(reader, start, word);
  }
}

function unknown(reader: Reader, start: number, word: bigint) {
  return wrong(reader, "RamRecord.word", start, "one kind of RAM record", `0x${word.toString(16)}`);
}

function* readPage(reader: Reader, flags: number, offset: number, start: number): Steps {
  const { ram } = reader;
  const block = yield* readBlock(reader, flags, start);
  if (offset + ram.pageSize > block.usedLength)
    find(reader, "RAM_OFFSET_IN_BLOCK", "error", start, {
      block: block.idstr,
      expected: block.usedLength,
      found: offset,
    });
  switch (flags & ~CONTINUE) {
    case ZERO:
      yield* readZero(reader, block, offset);
      break;
    case PAGE:
      yield* decidePageSize(reader);
      block.pages.normal++;
      yield* readData(reader, block, offset, "normal", ram.pageSize);
      break;
    case XBZRLE:
      yield* readXbzrle(reader, block, offset);
      break;
    default:
      yield* readCompressed(reader, block, offset);
  }
  visit(ram, block, offset);
  reader.sink.place?.(block, offset);
}

function* readBlock(reader: Reader, flags: number, start: number): Steps<RamBlock> {
  const { cursor, ram } = reader;
  if ((flags & CONTINUE) !== 0) {
    if (ram.current) return ram.current;
    throw wrong(reader, "RamRecord.word", start, "a record that names its block", "CONTINUE");
  }
  const at = cursor.offset;
  const { idstr } = yield* cursor.struct(RamBlockName, { within: pathOf(reader) });
  const block = ram.byName.get(idstr);
  if (block) return block;
  if (ram.byName.size >= ram.blocks.length + MOST_UNANNOUNCED)
    throw wrong(reader, "RamBlockName.idstr", at, "a RAM block of the list", JSON.stringify(idstr));
  if (!reader.unseen) find(reader, "RAM_BLOCK_KNOWN", "error", at, { block: idstr });
  const unannounced = { idstr, index: -1, usedLength: Number.MAX_SAFE_INTEGER, pages: noPages() };
  ram.byName.set(idstr, unannounced);
  return unannounced;
}

function* readZero(reader: Reader, block: RamBlock, offset: number): Steps {
  const { cursor, ram, sink } = reader;
  const at = cursor.offset;
  const { fill } = yield* cursor.struct(ZeroPage, { within: pathOf(reader) });
  if (fill !== 0) find(reader, "ZERO_PAGE_FILL_ZERO", "warning", at, { block: block.idstr, found: fill });
  block.pages.zero++;
  sink.page?.(block, offset, "zero", Uint8Array.of(fill), ram.pageSize);
}

function* readXbzrle(reader: Reader, block: RamBlock, offset: number): Steps {
  const { cursor, ram } = reader;
  const at = cursor.offset;
  const { length } = yield* cursor.struct(XbzrlePage, { within: pathOf(reader) });
  if (length > ram.pageSize)
    throw wrong(reader, "XbzrlePage.length", at + 1, `at most ${ram.pageSize}`, String(length));
  yield* cursor.need(length, `${pathOf(reader)}.xbzrle`);
  if (!isSoundXbzrle(cursor.bytes.subarray(cursor.at, cursor.at + length), ram.pageSize))
    find(reader, "XBZRLE_PAGE_DECODES", "error", at, { block: block.idstr, page: offset });
  block.pages.xbzrle++;
  yield* readData(reader, block, offset, "xbzrle", length);
}

function* readCompressed(reader: Reader, block: RamBlock, offset: number): Steps {
  const { cursor, ram, sink, inflatePage } = reader;
  const at = cursor.offset;
  const { length } = yield* cursor.struct(CompressedPage, { within: pathOf(reader) });
  const most = compressBound(ram.pageSize);
  if (length > most) throw wrong(reader, "CompressedPage.length", at, `at most ${most}`, String(length));
  yield* cursor.need(length, `${pathOf(reader)}.compressed`);
  const page = inflatePage?.(cursor.bytes.subarray(cursor.at, cursor.at + length), ram.pageSize);
  if (page) sink.page?.(block, offset, "compressed", page, ram.pageSize);
  else if (inflatePage)
    find(reader, "COMPRESSED_PAGE_INFLATES", "error", at, { block: block.idstr, page: offset });
  block.pages.compressed++;
  expectDisorder(ram);
  yield* skipRaw(reader, length, "compressed");
}

/** zlib's own bound for the compressed size of `length` bytes, which QEMU checks against. */
function compressBound(length: number): number {
  return length + (length >> 12) + (length >> 14) + (length >> 25) + 13;
}

/** The bytes of a record, shown to those who ask for pages and stepped over by the rest. */
function* readData(reader: Reader, block: RamBlock, offset: number, kind: PageKind, length: number): Steps {
  const { cursor, ram, sink } = reader;
  if (sink.page && (yield* cursor.intact(length, `${pathOf(reader)}.${kind}`)))
    sink.page(block, offset, kind, cursor.bytes.subarray(cursor.at, cursor.at + length), ram.pageSize);
  yield* skipRaw(reader, length, kind);
}
