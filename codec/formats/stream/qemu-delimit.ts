import type { Steps } from "../../layout/index.ts";
import { BOUNDARY_LENGTH, FOOTER_LENGTH, isFooter, isNewHeader, isNext } from "./qemu-boundary.ts";
import { SECTION_FOOTER, SECTION_FULL } from "./qemu-file.ts";
import { pathOf, type Reader } from "./qemu-reader.ts";

/** What was met while looking for the open section's end. */
interface Seen {
  /** Offsets of what could be headers of new sections, by id. */
  readonly headers: Map<number, number>;
  /** The open section's footer with something behind it that makes no sense. */
  footer: number | undefined;
}

/** Headers remembered within one section. */
const MOST_HEADERS = 256;

/** How the search for the open section's end came out. */
export interface Delimited {
  /** The cursor stands at the footer of a section: the open one, unless `header` says otherwise. */
  readonly found: boolean;
  /** Something is damaged: the cursor stands at the footer of another section, whose header is at this offset. */
  readonly header?: number;
  /** Offset of the open section's own footer, if there was one with damage behind it. */
  readonly footer?: number;
}

/**
 * Consumes bytes up to the boundary that ends the open section: its footer with something behind it that can only be
 * the next section, or, in streams without footers, that next section itself. Each stretch consumed goes to `keep`.
 */
export function* delimit(reader: Reader, keep?: (bytes: Uint8Array) => void): Steps<Delimited> {
  const { cursor } = reader;
  const footers = reader.footers !== false;
  const seen: Seen = { headers: new Map(), footer: undefined };
  let result: Delimited = { found: false };
  while (!result.found) {
    if (!cursor.has(1) && (yield* cursor.upTo(1)) === 0) break;
    const at = nextCandidate(reader, footers, keep !== undefined);
    consume(reader, at - cursor.at, keep);
    if (!cursor.has(1)) continue;
    const have = cursor.has(BOUNDARY_LENGTH) ? BOUNDARY_LENGTH : yield* cursor.upTo(BOUNDARY_LENGTH);
    if (footers) result = judge(reader, seen, have);
    else result = { found: isNext(reader.known, cursor.view, cursor.at, cursor.at + have, false) };
    if (!result.found) consume(reader, 1, keep);
  }
  const { footer } = seen;
  const { found, header } = result;
  // Behind the header of another section it would be a part of that section's state.
  const told = footer !== undefined && (header === undefined ? !found : footer < header);
  return told ? { ...result, footer } : result;
}

/** Next place in the window that may be a boundary; the window's end if there is none. */
function nextCandidate(reader: Reader, footers: boolean, headers: boolean): number {
  const { cursor } = reader;
  const stop = Math.min(cursor.end, cursor.at + cursor.limit - cursor.offset);
  if (!footers) return cursor.at;
  if (!headers) {
    const at = cursor.bytes.indexOf(SECTION_FOOTER, cursor.at);
    return at < 0 || at > stop ? stop : at;
  }
  let at = cursor.at;
  while (at < stop && cursor.bytes[at] !== SECTION_FOOTER && cursor.bytes[at] !== SECTION_FULL) at++;
  return at;
}

function judge(reader: Reader, seen: Seen, have: number): Delimited {
  const { cursor, known, open } = reader;
  const { view, at, offset } = cursor;
  const { headers } = seen;
  if (view.getUint8(at) === SECTION_FULL) {
    if (headers.size < MOST_HEADERS && isNewHeader(known, view, at, have))
      headers.set(view.getUint32(at + 1), offset);
    return { found: false };
  }
  const id = have < FOOTER_LENGTH ? undefined : view.getUint32(at + 1);
  if (id === undefined || (id !== open?.id && !headers.has(id))) return { found: false };
  const found = isFooter(undefined, view, at, at + have, known);
  if (id !== open?.id) return found ? { found, header: headers.get(id) ?? offset } : { found };
  if (!found) seen.footer ??= offset;
  return { found };
}

function consume(reader: Reader, length: number, keep: ((bytes: Uint8Array) => void) | undefined): void {
  const { cursor } = reader;
  if (keep && length > 0) keep(cursor.bytes.subarray(cursor.at, cursor.at + length));
  cursor.at += length;
}

/** Tells those who ask for spans of bytes that were delimited from `start` to the cursor. */
export function traceDelimited(reader: Reader, start: number): void {
  const { cursor } = reader;
  const length = cursor.offset - start;
  const field = { kind: "bytes", length, doc: "Delimited, not decoded." } as const;
  const path = `${pathOf(reader)}.payload`;
  if (length > 0) cursor.trace?.({ path, start, end: cursor.offset, value: length, field });
}
