import type { Field, Names } from "./fields.ts";
import { hexText } from "./hex.ts";
import type { Value } from "./struct.ts";

const LONGEST_TEXT = 80;
const LONGEST_BYTES = 16;
const HEX_DIGITS: Readonly<Record<string, number>> = {
  u8: 2,
  u16: 4,
  u32: 8,
  u64: 16,
  flags8: 2,
  flags16: 4,
  flags32: 8,
};

/** A leaf value in words: named enum values and bits, hex where the table asks for it, long bytes and text cut short. */
export function renderValue(field: Field, value: Value): string {
  if (value instanceof Uint8Array) return renderBytes(value, field.kind === "reserved");
  if (typeof value === "string") return field.kind === "uuid" ? value : renderText(value);
  if (typeof value !== "number" && typeof value !== "bigint") return Array.isArray(value) ? "[...]" : "{...}";
  if ("bits" in field) return renderBits(hexOf(field, value), BigInt(value), field.bits);
  if (field.kind === "u64" && field.low) return renderLowBits(field, BigInt(value), field.low);
  const number = "format" in field && field.format === "hex" ? hexOf(field, value) : String(value);
  if ("values" in field && field.values)
    return `${number} (${field.values[Number(value)]?.name ?? "unknown"})`;
  return "unit" in field && field.unit ? `${number} ${field.unit}` : number;
}

/** Bits that no name covers, as a mask: 0 when every bit that is set has a name. */
function unnamedBits(value: bigint, names: Names): bigint {
  let rest = value;
  for (const bit of Object.keys(names)) rest &= ~BigInt(bit);
  return rest;
}

function renderBits(number: string, value: bigint, names: Names): string {
  const set = Object.entries(names).flatMap(([bit, named]) =>
    (value & BigInt(bit)) === 0n ? [] : [named.name],
  );
  const rest = unnamedBits(value, names);
  if (rest !== 0n) set.push(`0x${rest.toString(16)}`);
  return set.length === 0 ? number : `${number} (${set.join(" | ")})`;
}

/** The flags reach up to the highest named bit; what is above them is the address. */
function renderLowBits(field: Field, value: bigint, names: Names): string {
  const highest = Object.keys(names).reduce((most, bit) => (BigInt(bit) > most ? BigInt(bit) : most), 0n);
  const mask = highest === 0n ? 0n : 2n * highest - 1n;
  const flags = value & mask;
  return `${hexOf(field, value & ~mask)} + ${renderBits(`0x${flags.toString(16)}`, flags, names)}`;
}

function hexOf(field: Field, value: number | bigint): string {
  return `0x${value.toString(16).padStart(HEX_DIGITS[field.kind] ?? 1, "0")}`;
}

function renderBytes(bytes: Uint8Array, reserved: boolean): string {
  if (reserved && bytes.every((byte) => byte === 0)) return "zero";
  if (bytes.length <= LONGEST_BYTES) return hexText(bytes);
  return `${hexText(bytes.subarray(0, LONGEST_BYTES))}... (${bytes.length} bytes)`;
}

/** Quoted, on one line, safe for a terminal: control characters and bytes that are not UTF-8 are escaped. */
function renderText(text: string): string {
  const characters = [...text];
  const shown = characters.slice(0, LONGEST_TEXT).map(escaped).join("");
  return characters.length > LONGEST_TEXT ? `"${shown}..." (${characters.length} characters)` : `"${shown}"`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '"' || character === "\\") return `\\${character}`;
  if (code < 0x20 || code === 0x7f) return byteEscape(code);
  if (code >= 0xdc80 && code <= 0xdcff) return byteEscape(code - 0xdc00);
  return /\p{C}|\p{Zl}|\p{Zp}/u.test(character) ? `\\u{${code.toString(16)}}` : character;
}

function byteEscape(code: number): string {
  return `\\x${code.toString(16).padStart(2, "0")}`;
}
