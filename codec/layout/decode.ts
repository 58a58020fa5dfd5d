import { DecodeError } from "./errors.ts";
import type { ArrayField, ChoiceField, Endian, Field, Fields, StructDef } from "./fields.ts";
import { type Context, isPresent, numberOf, resolveLength } from "./resolve.ts";
import { type Infer, minimumSize, type StructValue, type Value } from "./struct.ts";
import { decodeText } from "./text.ts";
import { uuidText } from "./uuid.ts";

/** One decoded leaf: spans of a struct neither overlap nor leave a gap. */
export interface Span {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly value: Value;
  readonly field: Field;
}

export interface DecodeOptions {
  /** First byte of the struct within `data`. */
  readonly at?: number;
  /** Absolute offset of `data[0]`, for errors and spans. */
  readonly base?: number;
  /** Overrides the table's byte order, for formats written in the writer's own. */
  readonly endian?: Endian;
  readonly context?: Context;
  /** Prefix for paths, such as `sections[3]`. */
  readonly within?: string;
  readonly trace?: (span: Span) => void;
}

interface State {
  readonly data: Uint8Array;
  readonly view: DataView;
  readonly base: number;
  readonly endian: Endian | undefined;
  readonly context: Context;
  readonly trace: ((span: Span) => void) | undefined;
  at: number;
}

/** Decodes one struct and says where it ended. Bytes in the value are views into `data`. */
export function read<F extends Fields>(
  def: StructDef<F>,
  data: Uint8Array,
  options: DecodeOptions = {},
): { value: Infer<StructDef<F>>; end: number } {
  const state: State = {
    data,
    view: new DataView(data.buffer, data.byteOffset, data.byteLength),
    base: options.base ?? 0,
    endian: options.endian,
    context: options.context ?? {},
    trace: options.trace,
    at: options.at ?? 0,
  };
  const value = readStruct(state, def, pathOf(def, options));
  return { value: value as Infer<StructDef<F>>, end: state.at };
}

/** Decodes a struct that must fill `data` to its end. */
export function decode<F extends Fields>(
  def: StructDef<F>,
  data: Uint8Array,
  options: DecodeOptions = {},
): Infer<StructDef<F>> {
  const { value, end } = read(def, data, options);
  if (end === data.length) return value;
  const offset = (options.base ?? 0) + end;
  const found = `${data.length - end} more bytes`;
  throw new DecodeError({
    code: "trailing-bytes",
    path: pathOf(def, options),
    offset,
    expected: "the end",
    found,
  });
}

function pathOf(def: StructDef, options: DecodeOptions): string {
  return options.within ? `${options.within}.${def.name}` : def.name;
}

function readStruct(state: State, def: StructDef, path: string): StructValue {
  const value: Record<string, Value> = {};
  const little = (state.endian ?? def.endian) === "le";
  for (const name in def.fields) {
    const field = def.fields[name];
    if (!field || !isPresent(field.when, value, state.context)) continue;
    const where = `${path}.${name}`;
    const start = state.at;
    const found = readField(state, field, where, value, little);
    if (
      state.trace &&
      field.kind !== "struct" &&
      field.kind !== "array" &&
      !isStructChoice(field, found) &&
      state.at > start
    )
      state.trace({
        path: where,
        start: state.base + start,
        end: state.base + state.at,
        value: found,
        field,
      });
    if (field.kind !== "reserved") value[name] = found;
    else if (found instanceof Uint8Array && found.some((byte) => byte !== 0)) keepExtra(value, name, found);
  }
  return value;
}

function isStructChoice(field: Field, value: Value): boolean {
  return field.kind === "choice" && !(value instanceof Uint8Array);
}

/** Records reserved bytes that are not zero, so that they survive a round trip. */
export function keepExtra(value: Record<string, Value>, name: string, bytes: Uint8Array): void {
  value.$extra = { ...(value.$extra as StructValue | undefined), [name]: bytes };
}

function readField(state: State, field: Field, path: string, value: StructValue, little: boolean): Value {
  switch (field.kind) {
    case "u8":
    case "flags8":
      return constant(state, field, path, state.view.getUint8(take(state, path, 1)), 1);
    case "u16":
    case "flags16":
      return constant(state, field, path, state.view.getUint16(take(state, path, 2), little), 2);
    case "u32":
    case "flags32":
      return constant(state, field, path, state.view.getUint32(take(state, path, 4), little), 4);
    case "u64":
      return constant(state, field, path, state.view.getBigUint64(take(state, path, 8), little), 8);
    case "size64":
      return readSize(state, path, little);
    case "uuid":
      return uuidText(slice(state, path, 16));
    case "reserved":
      return slice(state, path, field.length);
    case "bytes":
      return slice(state, path, resolveLength(field.length, value));
    case "text":
      return decodeText(slice(state, path, resolveLength(field.length, value)));
    case "struct":
      return readStruct(state, field.of, path);
    case "array":
      return readArray(state, field, path, value);
    case "choice":
      return readChoice(state, field, path, value);
  }
}

function take(state: State, path: string, need: number): number {
  const at = state.at;
  const have = state.data.length - at;
  if (!(need <= have))
    throw new DecodeError({ code: "truncated", path, offset: state.base + at, need, have });
  state.at = at + need;
  return at;
}

function slice(state: State, path: string, length: number): Uint8Array {
  const at = take(state, path, notNegative(state, path, length));
  return state.data.subarray(at, at + length);
}

function notNegative(state: State, path: string, length: number): number {
  if (length >= 0) return length;
  const found = String(length);
  throw new DecodeError({
    code: "length-out-of-bounds",
    path,
    offset: state.base + state.at,
    expected: "0 or more",
    found,
  });
}

function constant<T extends number | bigint>(
  state: State,
  field: Field,
  path: string,
  found: T,
  size: number,
): T {
  const equals = "equals" in field ? field.equals : undefined;
  if (equals === undefined || equals === found) return found;
  throw new DecodeError({
    code: "constant-mismatch",
    path,
    offset: state.base + state.at - size,
    expected: `0x${equals.toString(16)}`,
    found: `0x${found.toString(16)}`,
  });
}

function readSize(state: State, path: string, little: boolean): number {
  const value = state.view.getBigUint64(take(state, path, 8), little);
  if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  const offset = state.base + state.at - 8;
  throw new DecodeError({
    code: "number-too-large",
    path,
    offset,
    expected: "below 2^53",
    found: String(value),
  });
}

function readArray(state: State, field: ArrayField, path: string, value: StructValue): Value {
  const count = notNegative(state, path, resolveLength(field.count, value));
  const least = minimumSize(field.of) * count;
  const have = state.data.length - state.at;
  if (!(least <= have))
    throw new DecodeError({ code: "truncated", path, offset: state.base + state.at, need: least, have });
  const items: Value[] = [];
  for (let i = 0; i < count; i++) items.push(readStruct(state, field.of, `${path}[${i}]`));
  return items;
}

function readChoice(state: State, field: ChoiceField, path: string, value: StructValue): Value {
  const tag = numberOf(value, field.tag);
  const chosen = Object.hasOwn(field.cases, tag) ? field.cases[tag] : undefined;
  if (chosen) return readStruct(state, chosen, path);
  if (field.otherwise !== undefined) return slice(state, path, resolveLength(field.otherwise, value));
  const expected = `${field.tag} one of ${Object.keys(field.cases).join(", ")}`;
  throw new DecodeError({
    code: "tag-unknown",
    path,
    offset: state.base + state.at,
    expected,
    found: String(tag),
  });
}
