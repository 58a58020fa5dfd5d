import type { Span } from "./decode.ts";
import { hexText } from "./hex.ts";
import { renderValue } from "./render.ts";

/** Bytes that no table explains, or that `text` does. */
export interface Gap {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly text?: string;
}

export interface DumpOptions {
  /** Absolute offset of `data[0]`. */
  readonly base?: number;
  /** What unmapped bytes are called. */
  readonly gap?: string;
}

/** Most bytes shown in full, and how many are left of a longer range. */
const FULL = 8;
const SQUASHED = 4;
const HEX_COLUMN = 3 * FULL - 1;

/**
 * Spans and gaps that together cover `[start, end)` exactly, in order of offset. Throws TypeError on an overlap, or on
 * a span outside the range: then the reader that made the spans is wrong, not the input.
 */
export function spansWithGaps(
  spans: readonly Span[],
  start: number,
  end: number,
  gap = "unmapped",
): readonly (Span | Gap)[] {
  const rows: (Span | Gap)[] = [];
  let at = start;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (span.start < at || span.end < span.start || span.end > end)
      throw new TypeError(`span ${span.path} at 0x${span.start.toString(16)} overlaps or leaves the range`);
    if (span.start > at) rows.push({ path: gap, start: at, end: span.start });
    rows.push(span);
    at = span.end;
  }
  if (at < end) rows.push({ path: gap, start: at, end });
  return rows;
}

/** Annotated dump: one line for each span and each gap of `data`. */
export function dump(data: Uint8Array, spans: readonly Span[], options: DumpOptions = {}): readonly string[] {
  const base = options.base ?? 0;
  const rows = spansWithGaps(spans, base, base + data.length, options.gap);
  const digits = Math.max(8, (base + data.length).toString(16).length);
  return rows.map((row) => {
    const bytes = data.subarray(row.start - base, row.end - base);
    return dumpLine(row, bytes, digits);
  });
}

/** One line of the dump: offset, bytes (the first few and how many more), path, value. Of long ranges `head` is enough. */
export function dumpLine(row: Span | Gap, head: Uint8Array, digits = 8): string {
  const offset = row.start.toString(16).padStart(digits, "0");
  const length = row.end - row.start;
  const value = "field" in row ? renderValue(row.field, row.value) : (row.text ?? `${length} bytes`);
  return `${offset}  ${hexColumn(head, length).padEnd(HEX_COLUMN)}  ${row.path}  ${value}`;
}

function hexColumn(head: Uint8Array, length: number): string {
  if (length <= FULL) return spaced(head);
  return `${spaced(head.subarray(0, SQUASHED))} +${length - SQUASHED}`;
}

function spaced(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => hexText(Uint8Array.of(byte))).join(" ");
}
