import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { DecodeError, type StructDef, type StructValue, type Value } from "../codec/layout/index.ts";

/** What a decoder did with some bytes: its result, or everything its error says. Any other exception escapes. */
export function outcomeOf<T>(decoder: () => T): T | { error: Record<string, unknown> } {
  try {
    return decoder();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const { code, path, offset, need, have, expected, found, message } = error;
    return { error: { code, path, offset, need, have, expected, found, message } };
  }
}

/** `toEqual`, but quick when it holds: some properties compare a hundred thousand times. */
export function expectSame(found: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(found, wanted)) expect(found).toEqual(wanted);
}

export function errorOf(decoder: () => unknown): DecodeError {
  try {
    decoder();
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
  return expect.fail("no DecodeError");
}

/** Values, objects and arrays in a decoded value: what it costs to hold it. */
export function weightOf(value: Value | undefined): number {
  if (typeof value !== "object" || value instanceof Uint8Array) return 1;
  return Object.values(value as StructValue).reduce((sum: number, inner) => sum + weightOf(inner), 1);
}

/** Every prefix length up to 200, then some of the rest. */
export function prefixesOf(length: number): number[] {
  const step = Math.max(1, Math.floor(length / 200));
  return Array.from({ length: Math.ceil(length / step) }, (_, i) => i * step);
}

/** Fields of the widest struct of the table: what one byte of count can cost at most. */
export function fieldCount(tables: readonly StructDef[]): number {
  return tables.reduce((sum, table) => sum + Object.keys(table.fields).length + 2, 0);
}
