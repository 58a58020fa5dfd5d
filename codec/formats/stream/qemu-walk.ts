import { FOOTER_LENGTH, isFooter, isNewHeader, isPlausible, OPENING_BRACE } from "./qemu-boundary.ts";
import type { RamBlock } from "./qemu-events.ts";
import {
  COMMAND,
  EOF,
  SECTION_END,
  SECTION_FOOTER,
  SECTION_FULL,
  SECTION_PART,
  SECTION_START,
  VMDESCRIPTION,
} from "./qemu-file.ts";
import { COMPRESS_PAGE, CONTINUE, EOS, MULTIFD_FLUSH, PAGE, XBZRLE, ZERO } from "./qemu-ram.ts";
import { noPages } from "./qemu-ram-state.ts";
import type { Reader } from "./qemu-reader.ts";
import { isUnseenRamPart } from "./qemu-unseen.ts";

/** How a walk over bytes whose meaning is only supposed came out. */
export interface Walk {
  /** Bytes that made sense. */
  readonly length: number;
  /** Those of them before the first section whose end could only be searched for: nothing was stepped over unseen. */
  readonly tight: number;
  /** The walk ended because the bytes at hand did, not because they made no sense. */
  readonly open: boolean;
}

/** What a position is supposed to be. */
export type Supposed = "record" | "boundary";

/**
 * Follows the stream from a supposed record or section boundary as far as it makes sense, up to `enough` bytes. Guest
 * memory may hold a copy of a migration stream, but not one that goes on across pages: real record headers interrupt it.
 */
export function walk(reader: Reader, supposed: Supposed, from: number, end: number, enough: number): Walk {
  let at = from;
  let mode = supposed;
  let block = reader.ram.current;
  let loose = -1;
  const told = (open: boolean): Walk => ({ length: at - from, tight: loose < 0 ? at - from : loose, open });
  while (at < end && at - from < enough) {
    const next: Step = mode === "record" ? stepRecord(reader, block, at, end) : stepBoundary(reader, at, end);
    if (next.at <= at) return told(next.at === OPEN);
    if (next.loose && loose < 0) loose = at - from;
    at = next.at;
    mode = next.mode;
    block = next.block ?? block;
  }
  return told(at >= end);
}

interface Step {
  readonly at: number;
  readonly mode: Supposed;
  /** The end was searched for. */
  readonly loose?: boolean;
  /** Block that records with CONTINUE belong to from here on. */
  readonly block?: RamBlock;
}

const OPEN = -1;
const WRONG = -2;
const wrong: Step = { at: WRONG, mode: "record" };
const open: Step = { at: OPEN, mode: "record" };

function stepRecord(reader: Reader, current: RamBlock | undefined, at: number, end: number): Step {
  const { cursor, ram } = reader;
  if (end - at < 9) return open;
  const low = cursor.view.getUint32(at + 4);
  const flags = low & (ram.pageSize - 1);
  const offset = cursor.view.getUint32(at) * 0x100000000 + (low - flags);
  if (flags === EOS && offset === 0) return { at: at + 8, mode: "boundary" };
  if (flags === MULTIFD_FLUSH && offset === 0) return { at: at + 8, mode: "record" };
  const named = (flags & CONTINUE) === 0;
  const block = named ? namedBlock(reader, at + 8, end) : current;
  if (block === null) return open;
  if (!block || offset + ram.pageSize > block.usedLength) return wrong;
  const data = at + 8 + (named ? 1 + cursor.view.getUint8(at + 8) : 0);
  switch (flags & ~CONTINUE) {
    case ZERO:
      if (data >= end) return open;
      return cursor.view.getUint8(data) === 0 ? { at: data + 1, mode: "record", block } : wrong;
    case PAGE:
      return { at: data + ram.pageSize, mode: "record", block };
    case XBZRLE:
      if (data + 3 > end) return open;
      return isLength(cursor.view.getUint8(data) === 1, cursor.view.getUint16(data + 1), ram.pageSize)
        ? { at: data + 3 + cursor.view.getUint16(data + 1), mode: "record", block }
        : wrong;
    case COMPRESS_PAGE:
      if (data + 4 > end) return open;
      return isLength(true, cursor.view.getUint32(data), 2 * ram.pageSize)
        ? { at: data + 4 + cursor.view.getUint32(data), mode: "record", block }
        : wrong;
    default:
      return wrong;
  }
}

function isLength(marked: boolean, length: number, most: number): boolean {
  return marked && length > 0 && length <= most;
}

/** The block a record names; undefined for one that cannot exist, null when the bytes end too soon. */
function namedBlock(reader: Reader, at: number, end: number) {
  const { cursor, ram } = reader;
  const length = at < end ? cursor.view.getUint8(at) : 0;
  if (at + 1 + length > end) return null;
  let idstr = "";
  for (let i = 0; i < length; i++) idstr += String.fromCharCode(cursor.view.getUint8(at + 1 + i));
  if (ram.blocks.length > 0 || !isPlausible(idstr, 0)) return ram.byName.get(idstr);
  return { idstr, index: -1, usedLength: Number.MAX_SAFE_INTEGER, pages: noPages() };
}

/** One footer, section, command or end of the stream. */
function stepBoundary(reader: Reader, at: number, end: number): Step {
  const { cursor, known } = reader;
  const { view } = cursor;
  const left = end - at;
  switch (view.getUint8(at)) {
    case SECTION_FOOTER:
      return isFooter(undefined, view, at, end, known) ? { at: at + FOOTER_LENGTH, mode: "boundary" } : wrong;
    case SECTION_PART:
    case SECTION_END: {
      if (left < 5) return open;
      const section = known.get(view.getUint32(at + 1));
      if (!section) return isUnseenRamPart(reader, at, end) ? { at: at + 5, mode: "record" } : wrong;
      return section.idstr === "ram"
        ? { at: at + 5, mode: "record" }
        : stepToFooter(reader, at + 5, end, view.getUint32(at + 1));
    }
    case SECTION_START:
    case SECTION_FULL:
      if (left < 14 || left < 14 + view.getUint8(at + 5)) return open;
      return isNewHeader(known, view, at, left)
        ? stepToFooter(reader, at, end, view.getUint32(at + 1))
        : wrong;
    case COMMAND:
      return left < 5 ? open : { at: at + 5 + view.getUint16(at + 3), mode: "boundary" };
    case EOF:
      return left === 1 || view.getUint8(at + 1) === VMDESCRIPTION ? stepEnd(reader, at, end) : wrong;
    default:
      return wrong;
  }
}

function stepToFooter(reader: Reader, from: number, end: number, id: number): Step {
  const { cursor, known } = reader;
  for (let at = from; ; at++) {
    const next = cursor.bytes.indexOf(SECTION_FOOTER, at);
    const found = next < 0 || next + FOOTER_LENGTH > end ? end : next;
    reader.walked += found - at;
    at = found;
    if (at === end) return open;
    if (isFooter(id, cursor.view, at, end, known))
      return { at: at + FOOTER_LENGTH, mode: "boundary", loose: true };
  }
}

/** The end of the stream, with the vmdescription that may follow it, must be the end of the input. */
function stepEnd(reader: Reader, at: number, end: number): Step {
  const { cursor } = reader;
  if (end - at === 1) return { at: end, mode: "boundary" };
  if (end - at < 7) return open;
  if (cursor.view.getUint8(at + 6) !== OPENING_BRACE) return wrong;
  return { at: at + 6 + cursor.view.getUint32(at + 2), mode: "boundary" };
}
