import type { Condition, Field, Length, Names, StructDef } from "../layout/fields.ts";

/** The table and every table nested in it, each once, outermost first. Two tables of one name are a mistake. */
export function tablesOf(def: StructDef, seen = new Map<string, StructDef>()): readonly StructDef[] {
  const known = seen.get(def.name);
  if (known && known !== def) throw new TypeError(`two tables are called ${def.name}`);
  if (!known) {
    seen.set(def.name, def);
    for (const field of Object.values(def.fields))
      for (const inner of innerTables(field)) tablesOf(inner, seen);
  }
  return [...seen.values()];
}

/** Tables a field leads to. */
export function innerTables(field: Field): readonly StructDef[] {
  if (field.kind === "struct" || field.kind === "array") return [field.of];
  return field.kind === "choice" ? Object.values(field.cases) : [];
}

/** Context names that the table or a table nested in it asks for, with what they stand for. */
export function contextsOf(def: StructDef): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of tablesOf(def)) Object.assign(found, table.context);
  return found;
}

/** Names of a field's values or bits, whatever kind it is. */
export function namesOf(field: Field): Names | undefined {
  if ("bits" in field) return field.bits;
  if ("values" in field) return field.values;
  return "low" in field ? field.low : undefined;
}

export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** A lower-case identifier made of any name. */
export function identifier(name: string): string {
  const plain = snakeCase(name)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[a-z]/.test(plain) ? plain : `v_${plain}`;
}

export function hex(value: number | bigint | string): string {
  return `0x${BigInt(value).toString(16)}`;
}

/** A length as an expression, such as `idLength * 2 + 4`. */
export function lengthText(length: Length, spell = (name: string) => name): string {
  if (typeof length === "number") return String(length);
  const times = length.times === undefined || length.times === 1 ? "" : ` * ${length.times}`;
  const plus = length.plus ? ` ${length.plus < 0 ? "-" : "+"} ${Math.abs(length.plus)}` : "";
  return `${spell(length.field)}${times}${plus}`;
}

/** A condition in words, such as `flags has 0x4`. */
export function conditionText(when: Condition): string {
  if ("context" in when) return `context ${when.context}`;
  if ("is" in when) return `${when.field} is ${when.is}`;
  return "atLeast" in when ? `${when.field} >= ${when.atLeast}` : `${when.field} has ${hex(when.bit)}`;
}
