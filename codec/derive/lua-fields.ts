import type { Field, Named, Names, StructDef } from "../layout/fields.ts";
import { luaText } from "./lua-text.ts";
import { hex, identifier, namesOf, snakeCase } from "./names.ts";

const NUMBERS: Readonly<Record<string, { type: string; bits: number }>> = {
  u8: { type: "uint8", bits: 8 },
  u16: { type: "uint16", bits: 16 },
  u32: { type: "uint32", bits: 32 },
  u64: { type: "uint64", bits: 64 },
  size64: { type: "uint64", bits: 64 },
  flags8: { type: "uint8", bits: 8 },
  flags16: { type: "uint16", bits: 16 },
  flags32: { type: "uint32", bits: 32 },
};

/** Statements that register every leaf of the table, and every named bit, under filter names below `prefix`. */
export function luaFields(def: StructDef, prefix: string): string[] {
  return Object.entries(def.fields).flatMap(([name, field]) => {
    const filter = `${prefix}.${snakeCase(name)}`;
    const key = `${def.name}.${name}`;
    const own = ownField(name, field, filter);
    return own === "" ? [] : [assign(key, own), ...bitFields(field, key, filter)];
  });
}

/** Key of a named bit in the Lua table of fields. */
export function bitKey(key: string, bit: string): string {
  return `${key}.${hex(bit)}`;
}

/** Named bits that Wireshark's Lua can show: it cuts masks off at 32 bits. */
export function luaBits(field: Field): [bit: string, named: Named][] {
  if ("values" in field) return [];
  return Object.entries(namesOf(field) ?? {}).filter(([bit]) => BigInt(bit) < 1n << 32n);
}

function assign(key: string, field: string): string {
  return `fields[${luaText(key)}] = ${field}`;
}

function ownField(name: string, field: Field, filter: string): string {
  const head = `${luaText(filter)}, ${luaText(name)}`;
  const doc = luaText(field.doc);
  const number = NUMBERS[field.kind];
  if (number) {
    const base = "bits" in field || ("format" in field && field.format === "hex") ? "base.HEX" : "base.DEC";
    const values = "values" in field && field.values ? valueStrings(field.values) : "nil";
    return `ProtoField.${number.type}(${head}, ${base}, ${values}, nil, ${doc})`;
  }
  if (field.kind === "struct" || field.kind === "array") return "";
  if (field.kind === "choice" && field.otherwise === undefined) return "";
  if (field.kind === "text") return `ProtoField.string(${head}, base.UNICODE, ${doc})`;
  return field.kind === "uuid"
    ? `ProtoField.guid(${head}, ${doc})`
    : `ProtoField.bytes(${head}, base.NONE, ${doc})`;
}

function valueStrings(names: Names): string {
  return `{ ${Object.entries(names)
    .map(([value, named]) => `[${value}] = ${luaText(named.name)}`)
    .join(", ")} }`;
}

function bitFields(field: Field, key: string, filter: string): string[] {
  const width = NUMBERS[field.kind]?.bits;
  return luaBits(field).map(([bit, named]) => {
    const head = `${luaText(`${filter}.${identifier(named.name)}`)}, ${luaText(named.name)}`;
    return assign(
      bitKey(key, bit),
      `ProtoField.bool(${head}, ${width}, nil, ${hex(bit)}, ${luaText(named.doc)})`,
    );
  });
}
