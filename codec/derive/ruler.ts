import type { Field, StructDef } from "../layout/fields.ts";
import { fixedSizeOfField } from "../layout/struct.ts";
import { conditionText, lengthText } from "./names.ts";

/** Columns of one octet: eight bits of two characters. */
const OCTET = 16;
const ROW = 4;
/** Fixed fields longer than this are drawn as one row, like those that vary. */
const LONGEST_DRAWN = 8;

interface Row {
  readonly text: string;
  readonly octets: number;
  /** Drawn as the continuation of the row above, without a line between. */
  readonly open: boolean;
}

/**
 * Octet ruler in the manner of an RFC, 32 bits a row. `~` marks fields that vary or are long, `:` those that are not
 * always there; both stand on a row of their own. A name too long for its box is a number there and written out below.
 */
export function rulerOf(def: StructDef): string {
  const rows: Row[] = [];
  const notes: string[] = [];
  let row = "";
  let used = 0;
  const flush = (open = false) => {
    if (used > 0) rows.push({ text: `${row}|`, octets: used, open });
    [row, used] = ["", 0];
  };
  for (const [name, field] of Object.entries(def.fields)) {
    const size = fixedSizeOfField(field);
    if (!size || size > LONGEST_DRAWN || field.when) {
      flush();
      rows.push(wideRow(name, field, notes));
      continue;
    }
    const pieces = piecesOf(size, used);
    const largest = pieces.indexOf(Math.max(...pieces));
    pieces.forEach((octets, i) => {
      const open = octets === ROW && pieces[i - 1] === ROW;
      row += `|${centred(i === largest ? name : open ? "" : "...", OCTET * octets - 1, notes)}`;
      used += octets;
      if (used === ROW) flush(open);
    });
  }
  flush();
  return [...header(), ...drawn(rows), ...notes].map((line) => `${line.trimEnd()}\n`).join("");
}

/** Octets of a field on each row it touches, when `used` octets of the first row are taken. */
function piecesOf(size: number, used: number): number[] {
  const pieces: number[] = [];
  let [left, room] = [size, ROW - used];
  while (left > 0) {
    pieces.push(Math.min(left, room));
    left -= Math.min(left, room);
    room = ROW;
  }
  return pieces;
}

function wideRow(name: string, field: Field, notes: string[]): Row {
  const edge = field.when ? ":" : "~";
  const when = field.when ? `, if ${conditionText(field.when)}` : "";
  const label = `${name} (${extent(field)}${when})`;
  return { text: `${edge}${centred(label, OCTET * ROW - 1, notes)}${edge}`, octets: ROW, open: false };
}

function extent(field: Field): string {
  const size = fixedSizeOfField(field);
  if (size !== undefined) return `${size} bytes`;
  if (field.kind === "bytes" || field.kind === "text") return `${lengthText(field.length)} bytes`;
  if (field.kind === "array") return `${lengthText(field.count)} x ${field.of.name}`;
  return field.kind === "struct" ? field.of.name : "varies";
}

function centred(label: string, width: number, notes: string[]): string {
  if (label.length > width) {
    notes.push(`[${notes.length + 1}] ${label}`);
    return centred(`[${notes.length}]`, width, notes);
  }
  return label.padStart((width + label.length) >> 1).padEnd(width);
}

function header(): string[] {
  const bits = Array.from({ length: 8 * ROW }, (_, bit) => bit);
  const tens = bits.map((bit) => (bit % 10 === 0 ? String(bit / 10) : " ")).join(" ");
  return [` ${tens}`, ` ${bits.map((bit) => bit % 10).join(" ")}`];
}

function drawn(rows: readonly Row[]): string[] {
  const lines: string[] = [];
  rows.forEach((row, i) => {
    lines.push(border(Math.max(row.octets, rows[i - 1]?.octets ?? 0), row.open), row.text);
  });
  const last = rows.at(-1);
  return last ? [...lines, border(last.octets, false)] : lines;
}

function border(octets: number, open: boolean): string {
  return open ? `+${" ".repeat(OCTET * octets - 1)}+` : `+${"-+".repeat(8 * octets)}`;
}
