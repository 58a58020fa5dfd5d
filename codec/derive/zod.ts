import * as z from "zod";
import type { ChoiceField, Field, Fields, Length, StructDef } from "../layout/fields.ts";
import { hexBytes, hexText } from "../layout/hex.ts";
import type { Infer } from "../layout/struct.ts";

/** Values as JSON carries them: 64-bit numbers as decimal strings, bytes as hex. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

type Shape = Record<string, z.ZodType>;

/**
 * Schema of a table: JSON form in, decoded value out; `z.encode` goes back. Strict about names and ranges. Lengths that
 * other fields give are left to `encode`.
 */
export function zodOf<F extends Fields>(def: StructDef<F>): z.ZodType<Infer<StructDef<F>>, JsonObject> {
  return structSchema(def) as unknown as z.ZodType<Infer<StructDef<F>>, JsonObject>;
}

/** The case of a choice depends on another key, so each tag that is listed makes a variant of the object. */
function structSchema(def: StructDef): z.ZodType {
  const plain: Shape = {};
  const extra: Shape = {};
  for (const [name, field] of Object.entries(def.fields)) {
    if (field.kind === "reserved") extra[name] = bytesSchema(field.length).optional();
    else plain[name] = present(field, fieldSchema(field));
  }
  if (Object.keys(extra).length > 0) plain.$extra = z.strictObject(extra).optional();
  const tags = new Set(
    Object.values(def.fields).flatMap((field) => (field.kind === "choice" ? [field.tag] : [])),
  );
  const shapes = [...tags].reduce((all, tag) => all.flatMap((shape) => variants(def, tag, shape)), [plain]);
  const [first, ...rest] = shapes.map((shape) => z.strictObject(shape).describe(def.doc));
  if (!first) throw new TypeError(`${def.name}: no variant`);
  return rest.length === 0 ? first : z.union([first, ...rest]);
}

function variants(def: StructDef, tag: string, shape: Shape): Shape[] {
  const choices = Object.entries(def.fields).flatMap(([name, field]) =>
    field.kind === "choice" && field.tag === tag ? [{ name, field }] : [],
  );
  const listed = [...new Set(choices.flatMap(({ field }) => Object.keys(field.cases)))].map(Number);
  const target = def.fields[tag];
  return [...listed, undefined].flatMap((value) => {
    const variant = { ...shape, [tag]: tagSchema(target, value, listed) };
    for (const { name, field } of choices) {
      const schema = caseSchema(field, value);
      if (schema) variant[name] = present(field, schema);
      else if (!field.when) return [];
    }
    return [variant];
  });
}

/** Exactly `value`, or, when it is left out, any number that is not listed. An absent tag counts as 0. */
function tagSchema(
  field: Field | undefined,
  value: number | undefined,
  listed: readonly number[],
): z.ZodType {
  if (!field) throw new TypeError("tag without a field");
  if (value === undefined) {
    const other = fieldSchema(field).refine(
      (found) => !listed.includes(Number(found)),
      "is listed as a case",
    );
    return field.when && !listed.includes(0) ? other.optional() : other;
  }
  const exact = field.kind === "size64" ? decimalLiteral(value) : z.literal(value);
  return field.when && value === 0 ? exact.optional() : exact;
}

function caseSchema(field: ChoiceField, value: number | undefined): z.ZodType | undefined {
  const chosen = value === undefined ? undefined : field.cases[value];
  if (chosen) return structSchema(chosen);
  return field.otherwise === undefined ? undefined : bytesSchema(field.otherwise);
}

function present(field: Field, schema: z.ZodType): z.ZodType {
  const described = schema.describe(field.doc);
  return field.when ? described.optional() : described;
}

function fieldSchema(field: Field): z.ZodType {
  const equals = "equals" in field ? field.equals : undefined;
  switch (field.kind) {
    case "u8":
    case "flags8":
      return uintSchema(8, equals);
    case "u16":
    case "flags16":
      return uintSchema(16, equals);
    case "u32":
    case "flags32":
      return uintSchema(32, equals);
    case "u64":
      return equals === undefined ? u64Schema() : decimalLiteral(BigInt(equals));
    case "size64":
      return size64Schema();
    case "uuid":
      return z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    case "text":
      return z.string();
    case "bytes":
      return bytesSchema(field.length);
    case "struct":
      return structSchema(field.of);
    case "array":
      return typeof field.count === "number"
        ? z.array(structSchema(field.of)).length(field.count)
        : z.array(structSchema(field.of));
    case "reserved":
    case "choice":
      return z.never();
  }
}

function uintSchema(bits: number, equals: number | bigint | undefined): z.ZodType {
  if (equals !== undefined) return z.literal(Number(equals));
  return z
    .int()
    .min(0)
    .max(2 ** bits - 1);
}

const DECIMAL = /^(0|[1-9][0-9]{0,19})$/;

function u64Schema(): z.ZodType {
  return z.codec(z.string().regex(DECIMAL), z.bigint().min(0n).max(0xffff_ffff_ffff_ffffn), {
    decode: (text) => BigInt(text),
    encode: (value) => String(value),
  });
}

function size64Schema(): z.ZodType {
  return z.codec(z.string().regex(DECIMAL), z.int().min(0), {
    decode: (text) => Number(text),
    encode: (value) => String(value),
  });
}

function decimalLiteral<T extends number | bigint>(value: T): z.ZodType {
  return z.codec(z.literal(String(value)), z.literal(value), {
    decode: () => value,
    encode: () => String(value),
  });
}

function bytesSchema(length: Length): z.ZodType {
  const count = typeof length === "number" ? `{${length}}` : "*";
  return z.codec(z.string().regex(new RegExp(`^([0-9a-f]{2})${count}$`)), z.instanceof(Uint8Array), {
    decode: (text) => hexBytes(text),
    encode: (bytes) => hexText(bytes),
  });
}
