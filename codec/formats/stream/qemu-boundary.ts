import { Command, FIXED_LENGTH } from "./qemu-command.ts";
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
import type { OpenSection } from "./qemu-reader.ts";

export const FOOTER_LENGTH = 5;
const HEADER_LENGTH = 1 + 4 + 1 + 255 + 4 + 4;

/** Bytes that are enough to judge any boundary. */
export const BOUNDARY_LENGTH = FOOTER_LENGTH + HEADER_LENGTH;

/** No section of any release has a version or an id near these. */
const HIGHEST_VERSION = 0xffff;
/** But one: `eeprom`, in hw/nvram/eeprom93xx.c, is numbered by the day it was made; the number of today is one more. */
const DATED_VERSIONS: readonly number[] = [20_061_112, 20_061_113];
const HIGHEST_ID = 0xffff;

/** First byte of the vmdescription's JSON. */
export const OPENING_BRACE = 0x7b;

type KnownSections = ReadonlyMap<number, Pick<OpenSection, "idstr" | "kind">>;

/**
 * Whether a footer stands at `at`, of section `id` if one is given, and behind it the end or what can only be the next
 * section. `view` must hold `BOUNDARY_LENGTH` bytes from `at` unless the input or package ends before.
 */
export function isFooter(
  id: number | undefined,
  view: DataView,
  at: number,
  end: number,
  known: KnownSections,
): boolean {
  if (end - at < FOOTER_LENGTH || view.getUint8(at) !== SECTION_FOOTER) return false;
  if (id !== undefined && view.getUint32(at + 1) !== id) return false;
  return isNext(known, view, at + FOOTER_LENGTH, end, true);
}

/** Whether a section, a command or the end of the stream can begin at `at`. With footers less is asked of the bytes. */
export function isNext(
  known: KnownSections,
  view: DataView,
  at: number,
  end: number,
  footers: boolean,
): boolean {
  const left = end - at;
  if (left === 0) return true;
  switch (view.getUint8(at)) {
    case EOF:
      if (left === 1) return true;
      if (view.getUint8(at + 1) === VMDESCRIPTION) return left < 7 || view.getUint8(at + 6) === OPENING_BRACE;
      return footers && isZero(view, at + 1, Math.min(end, at + 17));
    case SECTION_START:
    case SECTION_FULL:
      return isHeader(known, view, at, left, footers);
    case SECTION_PART:
    case SECTION_END: {
      const section = left < 5 ? undefined : known.get(view.getUint32(at + 1));
      return footers
        ? left < 5 || (section !== undefined && section.kind !== "full")
        : section?.kind === "start";
    }
    case COMMAND:
      return footers && (left < 5 || isCommand(view.getUint16(at + 1), view.getUint16(at + 3)));
    default:
      return false;
  }
}

/** Whether the whole header of a section not seen yet stands at `at`. */
export function isNewHeader(known: KnownSections, view: DataView, at: number, left: number): boolean {
  if (left < 14 || left < 14 + view.getUint8(at + 5)) return false;
  return !known.has(view.getUint32(at + 1)) && isHeader(known, view, at, left, false);
}

/** Whether a section can have this name and version. */
export function isPlausible(idstr: string, version: number): boolean {
  return /^[\x20-\x7e]+$/.test(idstr) && isVersion(version);
}

export function isPlausibleId(id: number): boolean {
  return id <= HIGHEST_ID;
}

function isZero(view: DataView, at: number, end: number): boolean {
  for (let i = at; i < end; i++) if (view.getUint8(i) !== 0) return false;
  return true;
}

/** Whether a header stands at `at`, or the beginning of one that is cut off where that is enough. */
function isHeader(known: KnownSections, view: DataView, at: number, left: number, partial: boolean): boolean {
  if (left < 6) return partial;
  const id = view.getUint32(at + 1);
  const length = view.getUint8(at + 5);
  if (!isPlausibleId(id) || length === 0) return false;
  const stop = Math.min(length, left - 6);
  let idstr = "";
  for (let i = 0; i < stop; i++) {
    const byte = view.getUint8(at + 6 + i);
    if (byte < 0x20 || byte > 0x7e) return false;
    idstr += String.fromCharCode(byte);
  }
  const before = known.get(id);
  if (before && stop === length && before.idstr !== idstr) return false;
  return left < 14 + length ? partial : isVersion(view.getUint32(at + 10 + length));
}

function isCommand(command: number, length: number): boolean {
  if (!Object.hasOwn(Command, command)) return false;
  const fixed = FIXED_LENGTH[command];
  return fixed === undefined || fixed === length;
}

function isVersion(version: number): boolean {
  return version <= HIGHEST_VERSION || DATED_VERSIONS.includes(version);
}
