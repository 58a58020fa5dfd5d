import type { Condition, Field, Fields, Length, StructDef } from "./fields.ts";

type FieldValue<F> = F extends { kind: "u8" | "u16" | "u32" | "size64" | "flags8" | "flags16" | "flags32" }
  ? number
  : F extends { kind: "u64" }
    ? bigint
    : F extends { kind: "bytes" }
      ? Uint8Array
      : F extends { kind: "text" | "uuid" }
        ? string
        : F extends { kind: "struct"; of: infer S }
          ? Infer<S>
          : F extends { kind: "array"; of: infer S }
            ? readonly Infer<S>[]
            : F extends { kind: "choice"; cases: infer C }
              ?
                  | { [K in keyof C]: Infer<C[K]> }[keyof C]
                  | (F extends { otherwise: unknown } ? Uint8Array : never)
              : never;

type OptionalName<F> = { [K in keyof F]: F[K] extends { when: Condition } ? K : never }[keyof F];
type ReservedName<F> = { [K in keyof F]: F[K] extends { kind: "reserved" } ? K : never }[keyof F];
type Flat<T> = { [K in keyof T]: T[K] };

/** The value a table decodes to; `StructValue` when the table is not known at compile time. */
export type Infer<S> =
  S extends StructDef<infer F> ? (string extends keyof F ? StructValue : Fixed<F>) : never;

type Fixed<F> = Flat<
  { readonly [K in Exclude<keyof F, OptionalName<F> | ReservedName<F>>]: FieldValue<F[K]> } & {
    readonly [K in Exclude<OptionalName<F>, ReservedName<F>>]?: FieldValue<F[K]>;
  } & { readonly $extra?: Readonly<Record<string, Uint8Array>> }
>;

/** A decoded value when the table is not known at compile time. */
export type Value =
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Value[]
  | { readonly [name: string]: Value };
export type StructValue = { readonly [name: string]: Value };

const FIXED_SIZE: Readonly<Record<string, number>> = {
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  size64: 8,
  flags8: 1,
  flags16: 2,
  flags32: 4,
  uuid: 16,
};

/** Declares a wire struct. A table that could not be decoded or documented is refused here, when the module loads. */
export function struct<const F extends Fields>(def: StructDef<F>): StructDef<F> {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(def.name)) throw new TypeError(`struct name ${def.name}`);
  const seen = new Map<string, Field>();
  for (const [name, field] of Object.entries<Field>(def.fields)) {
    const where = `${def.name}.${name}`;
    if (!/^[a-z][A-Za-z0-9]*$/.test(name) || name in Object.prototype)
      throw new TypeError(`${where}: field name`);
    for (const reference of referencesOf(field)) {
      const target = seen.get(reference);
      if (!target) throw new TypeError(`${where}: refers to ${reference}, which no earlier field is called`);
      if (!isNumeric(target)) throw new TypeError(`${where}: refers to ${reference}, which is not a number`);
    }
    const context = field.when && "context" in field.when ? field.when.context : undefined;
    if (context !== undefined && def.context?.[context] === undefined)
      throw new TypeError(`${where}: context ${context} is not described`);
    checkBits(field, where);
    checkLengths(field, where);
    seen.set(name, field);
  }
  return def;
}

function isNumeric(field: Field): boolean {
  return field.kind in FIXED_SIZE && field.kind !== "uuid" && field.kind !== "u64";
}

function checkBits(field: Field, where: string): void {
  const bits = "bits" in field ? field.bits : "low" in field ? (field.low ?? {}) : {};
  const limit = 2 ** (8 * (FIXED_SIZE[field.kind] ?? 0));
  for (const bit of Object.keys(bits).map(Number))
    if (bit <= 0 || bit >= limit || !Number.isInteger(Math.log2(bit)))
      throw new TypeError(`${where}: bit ${bit}`);
}

function checkLengths(field: Field, where: string): void {
  for (const length of lengthsOf(field)) {
    const parts = typeof length === "number" ? [length] : [length.times ?? 1, length.plus ?? 0];
    if (!parts.every(Number.isSafeInteger)) throw new TypeError(`${where}: length is not a whole number`);
    if (typeof length === "number" && length < 0) throw new TypeError(`${where}: length ${length}`);
  }
  // Otherwise four bytes of count could stand for any number of items.
  if (field.kind === "array" && minimumSize(field.of) === 0)
    throw new TypeError(`${where}: items may take no bytes`);
  if (field.kind === "choice" && Object.keys(field.cases).length === 0)
    throw new TypeError(`${where}: no cases`);
}

function lengthsOf(field: Field): Length[] {
  if (field.kind === "bytes" || field.kind === "text" || field.kind === "reserved") return [field.length];
  if (field.kind === "array") return [field.count];
  return field.kind === "choice" && field.otherwise !== undefined ? [field.otherwise] : [];
}

function referencesOf(field: Field): string[] {
  const names = lengthsOf(field).flatMap((length) => (typeof length === "object" ? [length.field] : []));
  if (field.when && "field" in field.when) names.push(field.when.field);
  if (field.kind === "choice") names.push(field.tag);
  return names;
}

/** Bytes a field takes if that does not depend on the input. Conditions are not looked at. */
export function fixedSizeOfField(field: Field): number | undefined {
  switch (field.kind) {
    case "bytes":
    case "text":
    case "reserved":
      return typeof field.length === "number" ? field.length : undefined;
    case "struct":
      return fixedSize(field.of);
    case "array": {
      const each = fixedSize(field.of);
      return typeof field.count === "number" && each !== undefined ? each * field.count : undefined;
    }
    case "choice":
      return undefined;
    default:
      return FIXED_SIZE[field.kind];
  }
}

/** Bytes the struct takes, if every input of it takes the same. */
export function fixedSize(def: StructDef): number | undefined {
  let total = 0;
  for (const field of Object.values(def.fields)) {
    const size = field.when ? undefined : fixedSizeOfField(field);
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}

/** Fewest bytes any input of the struct takes. Bounds a count before anything is allocated for it. */
export function minimumSize(def: StructDef): number {
  let total = 0;
  for (const field of Object.values(def.fields)) if (!field.when) total += minimumSizeOfField(field);
  return total;
}

function minimumSizeOfField(field: Field): number {
  if (field.kind === "struct") return minimumSize(field.of);
  if (field.kind === "choice" && field.otherwise === undefined)
    return Math.min(...Object.values(field.cases).map(minimumSize));
  return fixedSizeOfField(field) ?? 0;
}
