import { concat } from "./bytes.ts";
import type { ArrayField, ChoiceField, Endian, Field, Fields, StructDef } from "./fields.ts";
import { checkClosed } from "./gated.ts";
import { type Context, isPresent, numberOf, resolveLength } from "./resolve.ts";
import type { Infer, StructValue, Value } from "./struct.ts";
import { encodeText } from "./text.ts";
import { uuidBytes } from "./uuid.ts";

export interface EncodeOptions {
  readonly endian?: Endian;
  readonly context?: Context;
  /** What opens a gated message: an allowed gate of its feature. */
  readonly gate?: object;
}

interface Writer {
  readonly parts: Uint8Array[];
  readonly endian: Endian | undefined;
  readonly context: Context;
  readonly gate: object | undefined;
}

/**
 * Bytes of a value. Throws TypeError when the value does not fit its table: lengths must agree with the fields that give
 * them; and when the message is gated and its gate was not given.
 */
export function encode<F extends Fields>(
  def: StructDef<F>,
  value: Infer<StructDef<F>>,
  options: EncodeOptions = {},
): Uint8Array<ArrayBuffer> {
  const writer: Writer = {
    parts: [],
    endian: options.endian,
    context: options.context ?? {},
    gate: options.gate,
  };
  writeStruct(writer, def, value as StructValue, def.name);
  return concat(writer.parts);
}

function writeStruct(writer: Writer, def: StructDef, value: StructValue, path: string): void {
  checkClosed(def, value, writer.gate);
  const little = (writer.endian ?? def.endian) === "le";
  const extra = value.$extra as Readonly<Record<string, Uint8Array>> | undefined;
  for (const [name, field] of Object.entries(def.fields)) {
    const where = `${path}.${name}`;
    const present = isPresent(field.when, value, writer.context);
    if (!present && value[name] !== undefined)
      throw new TypeError(`${where}: its condition does not hold, but it has a value`);
    if (!present) continue;
    if (field.kind === "reserved")
      writer.parts.push(sized(extra?.[name] ?? new Uint8Array(field.length), field.length, where));
    else writeField(writer, field, value[name], where, value, little);
  }
}

function writeField(
  writer: Writer,
  field: Field,
  found: Value | undefined,
  path: string,
  value: StructValue,
  little: boolean,
): void {
  switch (field.kind) {
    case "u8":
    case "flags8":
      writeUint(writer, field, found, path, 1, little);
      return;
    case "u16":
    case "flags16":
      writeUint(writer, field, found, path, 2, little);
      return;
    case "u32":
    case "flags32":
      writeUint(writer, field, found, path, 4, little);
      return;
    case "u64":
    case "size64":
      writeUint(writer, field, found, path, 8, little);
      return;
    case "uuid":
      if (typeof found !== "string" || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(found))
        throw new TypeError(`${path}: not a UUID`);
      writer.parts.push(uuidBytes(found));
      return;
    case "text":
      if (typeof found !== "string") throw new TypeError(`${path}: not text`);
      writer.parts.push(sized(encodeText(found), resolveLength(field.length, value), path));
      return;
    case "bytes":
      writer.parts.push(sized(found, resolveLength(field.length, value), path));
      return;
    case "struct":
      writeStruct(writer, field.of, structOf(found, path), path);
      return;
    case "array":
      writeArray(writer, field, found, path, value);
      return;
    case "choice":
      writeChoice(writer, field, found, path, value);
      return;
    case "reserved":
      return;
  }
}

function writeUint(
  writer: Writer,
  field: Field,
  found: Value | undefined,
  path: string,
  size: number,
  little: boolean,
): void {
  const wanted = field.kind === "u64" ? "bigint" : "number";
  const number = typeof found === wanted ? BigInt(found as number | bigint) : -1n;
  const limit = field.kind === "size64" ? BigInt(Number.MAX_SAFE_INTEGER) + 1n : 1n << BigInt(8 * size);
  if (number < 0n || number >= limit) throw new TypeError(`${path}: not a ${wanted} of ${8 * size} bits`);
  const equals = "equals" in field ? field.equals : undefined;
  if (equals !== undefined && equals !== found)
    throw new TypeError(`${path}: must be 0x${equals.toString(16)}`);
  const out = new Uint8Array(size);
  for (let i = 0; i < size; i++) out[little ? i : size - 1 - i] = Number((number >> BigInt(8 * i)) & 0xffn);
  writer.parts.push(out);
}

function sized(found: Value | undefined, length: number, path: string): Uint8Array {
  if (!(found instanceof Uint8Array)) throw new TypeError(`${path}: not bytes`);
  if (found.length !== length)
    throw new TypeError(`${path}: ${found.length} bytes where ${length} are declared`);
  return found;
}

function structOf(found: Value | undefined, path: string): StructValue {
  if (typeof found !== "object" || found instanceof Uint8Array || Array.isArray(found))
    throw new TypeError(`${path}: not an object`);
  return found as StructValue;
}

function writeArray(
  writer: Writer,
  field: ArrayField,
  found: Value | undefined,
  path: string,
  value: StructValue,
): void {
  if (!Array.isArray(found)) throw new TypeError(`${path}: not an array`);
  const count = resolveLength(field.count, value);
  if (found.length !== count)
    throw new TypeError(`${path}: ${found.length} items where ${count} are declared`);
  found.forEach((item, i) => {
    writeStruct(writer, field.of, structOf(item, `${path}[${i}]`), `${path}[${i}]`);
  });
}

function writeChoice(
  writer: Writer,
  field: ChoiceField,
  found: Value | undefined,
  path: string,
  value: StructValue,
): void {
  const tag = numberOf(value, field.tag);
  const chosen = Object.hasOwn(field.cases, tag) ? field.cases[tag] : undefined;
  if (chosen) {
    writeStruct(writer, chosen, structOf(found, path), path);
    return;
  }
  if (field.otherwise === undefined) throw new TypeError(`${path}: no case for ${field.tag} ${tag}`);
  writer.parts.push(sized(found, resolveLength(field.otherwise, value), path));
}
