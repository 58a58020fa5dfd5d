import {
  encode,
  encodeText,
  type Field,
  hexBytes,
  type StructDef,
  type StructValue,
  type Value,
} from "../../codec/layout/index.ts";

export type Plain = string | number | boolean;

const LIMITS: Readonly<Record<string, number>> = {
  u8: 0xff,
  flags8: 0xff,
  u16: 0xffff,
  flags16: 0xffff,
  u32: 0xffff_ffff,
  flags32: 0xffff_ffff,
  size64: Number.MAX_SAFE_INTEGER,
};

/** A value of a proposal's file as the field's own: numbers also as text (`0x` for hex), bytes as hex. */
export function fieldValue(field: Field, plain: Plain): Value {
  switch (field.kind) {
    case "u8":
    case "u16":
    case "u32":
    case "flags8":
    case "flags16":
    case "flags32":
    case "size64":
      return Number(whole(plain, BigInt(LIMITS[field.kind] ?? 0)));
    case "u64":
      return whole(plain, 0xffff_ffff_ffff_ffffn);
    case "uuid":
      if (typeof plain === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(plain))
        return plain;
      throw new TypeError(`${plain} is not a UUID`);
    case "text":
      return counted(plain, field.length, encodeText(String(plain)).length, () => String(plain));
    case "bytes":
    case "reserved": {
      const bytes =
        typeof plain === "string" && /^([0-9a-f]{2})*$/i.test(plain) ? hexBytes(plain) : undefined;
      if (!bytes) throw new TypeError(`${plain} is not bytes in hex`);
      return counted(plain, field.length, bytes.length, () => bytes);
    }
    default:
      throw new TypeError("a field of this kind cannot be set here");
  }
}

/** Encodes a table from its values of today, with those that a proposal sets. Constants of the table do not bind. */
export function encodeChanged(table: StructDef, value: StructValue, set: Readonly<Record<string, Plain>>) {
  const fields = Object.fromEntries(Object.entries(table.fields).map(([name, field]) => [name, free(field)]));
  const changed: Record<string, Value> = { ...value };
  const extra: Record<string, Value> = {};
  for (const [name, plain] of Object.entries(set)) {
    const field = fields[name];
    if (!field) throw new TypeError(`${table.name} has no field ${name}`);
    (field.kind === "reserved" ? extra : changed)[name] = fieldValue(field, plain);
  }
  if (Object.keys(extra).length > 0) changed.$extra = extra;
  return encode<StructDef["fields"]>({ ...table, fields }, changed);
}

function free(field: Field): Field {
  if (!("equals" in field)) return field;
  const { equals: _, ...rest } = field;
  return rest as Field;
}

function whole(plain: Plain, most: bigint): bigint {
  const text = String(plain);
  if (typeof plain === "boolean" || !/^(\d{1,20}|0x[0-9a-f]{1,16})$/i.test(text))
    throw new TypeError(`${text} is not a whole number`);
  const number = BigInt(text);
  if (number > most) throw new TypeError(`${text} is more than the field holds`);
  return number;
}

/** Counted fields must agree with their count, which the file sets as well. */
function counted(plain: Plain, length: unknown, have: number, value: () => Value): Value {
  if (typeof length === "number" && length !== have)
    throw new TypeError(`${plain} has ${have} bytes, and the field ${length}`);
  return value();
}
