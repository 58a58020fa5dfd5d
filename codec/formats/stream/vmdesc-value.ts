import { DecodeError } from "../../layout/index.ts";

/** Longest text of one value; the longest device of real ones has about 70 KiB. */
export const MAX_DEVICE_TEXT = 1 << 20;
/** Brackets within brackets in one value; a struct within a struct takes three. */
export const MAX_DEVICE_NESTING = 128;

const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** Bytes that cannot begin a value. */
const SEPARATORS: readonly number[] = [COMMA, COLON, CLOSE_BRACKET, CLOSE_BRACE];

/** One JSON value while its bytes arrive. */
export interface JsonValue {
  readonly start: number;
  /** False for members that are of no interest. */
  readonly kept: boolean;
  bytes: Uint8Array<ArrayBuffer>;
  /** Bytes seen; no more than `MAX_DEVICE_TEXT` of them are kept. */
  length: number;
  depth: number;
  deepest: number;
  inString: boolean;
  escaped: boolean;
  ended: boolean;
}

export function valueAt(start: number, kept: boolean): JsonValue {
  const bytes = new Uint8Array(kept ? 1024 : 0);
  return {
    start,
    kept,
    bytes,
    length: 0,
    depth: 0,
    deepest: 0,
    inString: false,
    escaped: false,
    ended: false,
  };
}

/** Takes what belongs to the value from a chunk. Returns where it ends there, or the end of the chunk. */
export function take(value: JsonValue, bytes: Uint8Array, from: number): number {
  const end = scan(value, bytes, from);
  keep(value, bytes.subarray(from, end));
  return end;
}

export function beginsValue(byte: number): boolean {
  return !SEPARATORS.includes(byte);
}

function scan(value: JsonValue, bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (value.escaped) value.escaped = false;
    else if (byte === QUOTE) value.inString = !value.inString;
    else if (value.inString) value.escaped = byte === BACKSLASH;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      value.depth += 1;
      value.deepest = Math.max(value.deepest, value.depth);
    } else if (value.depth === 0 && (SEPARATORS.includes(byte) || isSpace(byte))) {
      value.ended = true;
      return at;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) value.depth -= 1;
    else continue;
    // A string or a bracket has its own end; a number or word is ended by what follows.
    value.ended = value.depth === 0 && !value.inString;
    if (value.ended) return at + 1;
  }
  return bytes.length;
}

function keep(value: JsonValue, bytes: Uint8Array): void {
  const length = value.length + bytes.length;
  if (value.kept && length <= MAX_DEVICE_TEXT) {
    if (length > value.bytes.length) {
      const grown = new Uint8Array(Math.min(MAX_DEVICE_TEXT, Math.max(length, 2 * value.bytes.length)));
      grown.set(value.bytes);
      value.bytes = grown;
    }
    value.bytes.set(bytes, value.length);
  }
  value.length = length;
}

/** Parses a value that has ended. Throws a DecodeError, its offset left to the caller. */
export function parse(value: JsonValue): unknown {
  const { length, deepest } = value;
  if (length > MAX_DEVICE_TEXT) throw unfit(`at most ${MAX_DEVICE_TEXT} bytes`, `${length} bytes`);
  if (deepest > MAX_DEVICE_NESTING)
    throw unfit(`nested at most ${MAX_DEVICE_NESTING} deep`, `${deepest} deep`);
  // QEMU escapes everything that is not ASCII, so no identifier is harmed here.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(value.bytes.subarray(0, length));
  try {
    return JSON.parse(text);
  } catch {
    throw unfit("JSON", "text that is not");
  }
}

export function unfit(expected: string, found: string): DecodeError {
  return new DecodeError({ code: "value-unknown", path: "value", offset: 0, expected, found });
}

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
