import { type Field, hexText, type Steps, StreamCursor } from "../../layout/index.ts";
import type { Finding, FindingRule, Level } from "../finding.ts";
import type { SaveImageSink } from "./save-events.ts";
import { SAVE_HEADER_SIZE } from "./save-header.ts";

export interface SaveImageOptions {
  /** Absolute offset of the first byte. */
  readonly offset?: number;
  /** Bytes of the whole input, if known: then a length that goes beyond is remarked on at once. */
  readonly size?: number;
}

/** State shared by the parts of one save image reader. */
export interface Save {
  readonly cursor: StreamCursor;
  readonly sink: SaveImageSink;
  /** Absolute offset of the header. */
  readonly base: number;
  /** Bytes behind the header, as far as known. */
  readonly room: number;
  /** The length in the header has been found to be wrong. */
  misled: boolean;
  /** Bytes stepped over that the input lacks. */
  lost: number;
}

export function createSave(sink: SaveImageSink, { offset = 0, size }: SaveImageOptions): Save {
  const cursor = new StreamCursor(offset);
  if (sink.span) cursor.trace = (span) => sink.span?.(span);
  const room = size === undefined ? Number.POSITIVE_INFINITY : Math.max(0, size - offset - SAVE_HEADER_SIZE);
  return { cursor, sink, base: offset, room, misled: false, lost: 0 };
}

/** What is at hand before the absolute offset `end`, not yet consumed; empty there and at the end of the input. */
export function* windowOf(save: Save, end: number): Steps<Uint8Array> {
  const { cursor } = save;
  cursor.limit = end;
  while ((yield* cursor.upTo(1)) === 0) {
    const crossed = cursor.cross();
    if (crossed === 0) break;
    save.lost += crossed;
  }
  cursor.limit = Number.POSITIVE_INFINITY;
  return cursor.bytes.subarray(cursor.at, Math.min(cursor.end, cursor.at + end - cursor.offset));
}

export function find(
  save: Save,
  rule: FindingRule,
  level: Level,
  subject: string,
  offset: number,
  args: Finding["args"],
): void {
  save.sink.event({ kind: "finding", finding: { rule, level, subject, offset, args } });
}

/** Tells the span of bytes that no table describes, if there are any. */
export function traceRaw(save: Save, name: string, start: number, text: string | null): void {
  const end = save.cursor.offset;
  if (end === start) return;
  const path = `SaveImage.${name}`;
  const told = text === null ? { field: RAW, value: end - start } : { field: TEXT, value: text };
  save.cursor.trace?.({ path, start, end, ...told });
}

const RAW: Field = { kind: "bytes", length: 0, doc: "Bytes that no table describes." };
const TEXT: Field = { kind: "text", length: 0, doc: "A C string, without its NUL." };

/** Bytes shown of what should not be there. */
export const SAMPLE = 16;
/** Printable characters in a row that are text, not chance. */
const TEXTUAL = 4;

/** Bytes as an operator would know them again: text where they begin like it, hex elsewhere. */
export function shown(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte === 0)) return "zeros";
  const odd = bytes.findIndex((byte) => byte < 0x20 || byte > 0x7e);
  const text = odd < 0 ? bytes : bytes.subarray(0, odd);
  if (text.length < Math.min(TEXTUAL, bytes.length)) return `0x${hexText(bytes)}`;
  return `“${String.fromCharCode(...text)}”${odd < 0 ? "" : " …"}`;
}
