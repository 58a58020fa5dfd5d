import type * as wire from "../../codec/index.ts";
import { concat, type StructDef, type StructValue, type Value } from "../../codec/layout/index.ts";
import type { AddedField } from "./schema.ts";
import { edited, newTable } from "./tables.ts";
import { encodeChanged, type Plain } from "./values.ts";

/** One struct of a conversation. */
export interface Piece {
  readonly table: StructDef;
  readonly value: StructValue;
  /** Values that the proposal gives. */
  readonly set: Readonly<Record<string, Plain>>;
  /** It is new, or not as it is today. */
  readonly fresh: boolean;
}

/** Bytes of a connection, and which of them are new. */
export interface Laid {
  readonly bytes: Uint8Array;
  readonly fresh: readonly FreshRange[];
}

export interface FreshRange {
  readonly start: number;
  readonly end: number;
  readonly table: string;
}

/** A struct as it is today. */
export function today<S extends StructDef>(table: S, value: wire.Infer<S>): Piece {
  return { table, value: value as StructValue, set: {}, fresh: false };
}

/** The same with what a proposal changes in it. */
export function changed(
  { table, value }: Pick<Piece, "table" | "value">,
  set: Piece["set"],
  add: readonly AddedField[],
): Piece {
  const given = Object.fromEntries(add.map((field) => [field.name, field.value]));
  return { table: edited(table, add), value, set: { ...given, ...set }, fresh: true };
}

/** A payload: a table of today with its changes, or fields that are all new. Undefined when it has none. */
export function payloadPiece(
  base: StructDef | undefined,
  set: Piece["set"],
  add: readonly AddedField[],
): Piece | undefined {
  if (!base && add.length === 0) return undefined;
  const table = base ?? newTable("Payload", []);
  return changed({ table, value: blank(table) }, set, add);
}

/** A value of a table with nothing in it. */
export function blank(table: StructDef): StructValue {
  const value: Record<string, Value> = {};
  for (const [name, field] of Object.entries(table.fields)) {
    if (field.when || field.kind === "reserved") continue;
    if (field.kind === "u64") value[name] = field.equals ?? 0n;
    else if (field.kind === "uuid") value[name] = "00000000-0000-0000-0000-000000000000";
    else if (field.kind === "text")
      value[name] = typeof field.length === "number" ? "\0".repeat(field.length) : "";
    else if (field.kind === "bytes")
      value[name] = new Uint8Array(typeof field.length === "number" ? field.length : 0);
    else if (field.kind === "array") value[name] = [];
    else if (field.kind === "struct") value[name] = blank(field.of);
    else if (field.kind !== "choice") value[name] = ("equals" in field ? field.equals : undefined) ?? 0;
  }
  return value;
}

export function bytesOf({ table, value, set }: Piece): Uint8Array {
  return encodeChanged(table, value, set);
}

/** Encodes a connection's pieces one behind the other. */
export function lay(pieces: readonly Piece[]): Laid {
  const parts: Uint8Array[] = [];
  const fresh: FreshRange[] = [];
  let at = 0;
  for (const piece of pieces) {
    const part = bytesOf(piece);
    if (piece.fresh) fresh.push({ start: at, end: at + part.length, table: piece.table.name });
    at += part.length;
    parts.push(part);
  }
  return { bytes: concat(parts), fresh };
}
