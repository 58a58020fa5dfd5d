import type { Steps } from "../../layout/index.ts";
import { CONTINUE, KNOWN_FLAGS, PAGE, PAGE_KINDS, XBZRLE, ZERO } from "./qemu-ram.ts";
import { find, type Reader } from "./qemu-reader.ts";

/**
 * Target page sizes of QEMU's targets, likeliest first. The stream tells it in configuration/target-page-bits for
 * targets where it varies and in the vmdescription behind all pages, but for the others nowhere in time.
 */
const PAGE_SIZES = [4096, 1024, 2048, 8192, 16384, 32768, 65536, 256, 512];

/** Kinds of page records that every page size has room for. */
const SMALL_KINDS = ZERO | PAGE | XBZRLE;

/**
 * Before the first whole page the size is only supposed to be 4096. Flag bits that no release knows, or that cannot go
 * together, then belong to an address of smaller pages.
 */
export function narrowPageSize(reader: Reader, low: number, offset: number): void {
  const { ram } = reader;
  if (ram.pageSizeKnown) return;
  const known = (low & SMALL_KINDS) === 0 ? KNOWN_FLAGS : 0xff;
  const stray = low & (ram.pageSize - 1) & ~known;
  if (stray !== 0) settle(reader, stray & -stray, offset);
}

/** At the data of the first whole page: settles on the size behind which another record follows. Consumes nothing. */
export function* decidePageSize(reader: Reader): Steps {
  const { cursor, ram } = reader;
  if (ram.pageSizeKnown) return;
  const sizes = [ram.pageSize, ...PAGE_SIZES.filter((size) => size !== ram.pageSize)];
  for (const size of sizes) {
    const have = yield* cursor.upTo(size + 8);
    if (have < size + 8 || !isRecord(reader, cursor.at + size, size)) continue;
    if (size !== ram.pageSize) settle(reader, size, cursor.offset);
    ram.pageSizeKnown = true;
    return;
  }
}

function isRecord(reader: Reader, at: number, pageSize: number): boolean {
  const { cursor, ram } = reader;
  const low = cursor.view.getUint32(at + 4);
  const flags = low & (pageSize - 1);
  const offset = cursor.view.getUint32(at) * 0x100000000 + (low - flags);
  const kind = flags & ~CONTINUE;
  const single = kind !== 0 && (kind & (kind - 1)) === 0 && (kind & ~KNOWN_FLAGS) === 0;
  return single && ((kind & PAGE_KINDS) !== 0 ? offset < ram.totalBytes : offset === 0 && kind === flags);
}

function settle(reader: Reader, size: number, offset: number): void {
  reader.ram.pageSize = size;
  find(reader, "RAM_PAGE_SIZE_ANNOUNCED", "note", offset, { found: size });
}
