import { Parser } from "binary-parser";
import { type DecodeOptions, keepExtra, read } from "./decode.ts";
import type { Endian, Field, Fields, Length, StructDef } from "./fields.ts";
import { resolveLength } from "./resolve.ts";
import type { Infer, StructValue, Value } from "./struct.ts";
import { decodeText } from "./text.ts";
import { uuidText } from "./uuid.ts";

export type Compiled<F extends Fields> = (
  data: Uint8Array,
  options?: DecodeOptions,
) => { value: Infer<StructDef<F>>; end: number };

type Raw = Record<string, unknown>;

/**
 * `read` through binary-parser, for tables of fixed layout: same result, same DecodeError, for every input.
 *
 * binary-parser is silent on truncated bytes and vague on truncated numbers, so whatever it cannot finish inside the
 * data, and whatever breaks a constant, is read again by the table engine, which knows path and offset. The table
 * engine also serves traces, tables that are not compilable, and pages that refuse eval.
 */
export function compile<F extends Fields>(
  def: StructDef<F>,
  fixed: { readonly endian?: Endian } = {},
): Compiled<F> {
  const chains = new Map<Endian | undefined, Parser>();
  const finish = structFinisher(def);
  let usable = isCompilable(def);
  return (data, options = {}) => {
    const endian = options.endian ?? fixed.endian;
    const at = options.at ?? 0;
    if (usable && !options.trace && at >= 0 && at <= data.length) {
      try {
        const chain = chains.get(endian) ?? outerChain(def, endian);
        chains.set(endian, chain);
        const { v, end } = chain.parse(at === 0 ? data : data.subarray(at));
        if (typeof end === "number" && end <= data.length - at)
          return { value: finish(v) as Infer<StructDef<F>>, end: at + end };
      } catch (error) {
        if (error instanceof EvalError) usable = false;
      }
    }
    return read(def, data, endian === undefined ? options : { ...options, endian });
  };
}

/** Whether the layout is fixed enough for binary-parser. The order of the bytes may still be chosen at run time. */
export function isCompilable(def: StructDef): boolean {
  return Object.values(def.fields).every((field) => !field.when && isCompilableField(def, field));
}

function isCompilableField(def: StructDef, field: Field): boolean {
  switch (field.kind) {
    case "bytes":
    case "text":
    case "reserved":
      return isForward(def, field.length);
    case "struct":
      return isCompilable(field.of);
    case "array":
      return typeof field.count === "number" && field.count > 0 && isCompilable(field.of);
    case "choice":
      return false;
    default:
      return true;
  }
}

/** A negative length would move binary-parser backwards, where the guard cannot see it. It refuses a literal zero. */
function isForward(def: StructDef, length: Length): boolean {
  if (typeof length === "number") return length > 0;
  return def.fields[length.field]?.kind !== "size64" && (length.times ?? 1) >= 0 && (length.plus ?? 0) >= 0;
}

/** The wrapper keeps `$parent` and `$root` off the value, which would make it slow, and says where parsing stopped. */
function outerChain(def: StructDef, endian: Endian | undefined): Parser {
  return new Parser().nest("v", { type: chainOf(def, endian) }).saveOffset("end");
}

function chainOf(def: StructDef, endian: Endian | undefined): Parser {
  const chain = new Parser();
  for (const [name, field] of Object.entries(def.fields))
    append(chain, name, field, endian ?? def.endian, endian);
  return chain;
}

function append(
  chain: Parser,
  name: string,
  field: Field,
  order: Endian,
  override: Endian | undefined,
): Parser {
  switch (field.kind) {
    case "u8":
    case "flags8":
      return chain.uint8(name);
    case "u16":
    case "flags16":
      return chain[`uint16${order}`](name);
    case "u32":
    case "flags32":
      return chain[`uint32${order}`](name);
    case "u64":
    case "size64":
      return chain[`uint64${order}`](name);
    case "uuid":
      return chain.buffer(name, { length: 16 });
    case "bytes":
    case "text":
    case "reserved":
      return chain.buffer(name, { length: lengthOption(field.length) });
    case "struct":
      return chain.nest(name, { type: chainOf(field.of, override) });
    case "array":
      return chain.array(name, { type: chainOf(field.of, override), length: Number(field.count) });
    case "choice":
      return chain;
  }
}

function lengthOption(length: Length): number | ((this: StructValue) => number) {
  if (typeof length === "number") return length;
  return function () {
    return resolveLength(length, this);
  };
}

/** Turns what binary-parser made into what `read` makes. Anything thrown sends the input to the table engine. */
function structFinisher(def: StructDef): (raw: unknown) => StructValue {
  const fields = Object.entries(def.fields).map(([name, field]) => ({
    name,
    field,
    finish: finisher(field),
  }));
  return (raw) => {
    const value: Record<string, Value> = {};
    for (const { name, field, finish } of fields) {
      const found = finish((raw as Raw)[name]);
      if (field.kind !== "reserved") value[name] = found;
      else if (found instanceof Uint8Array && found.some((byte) => byte !== 0)) keepExtra(value, name, found);
    }
    return value;
  };
}

function finisher(field: Field): (raw: unknown) => Value {
  switch (field.kind) {
    case "size64":
      return (raw) => checked(Number(raw), Number(raw) <= Number.MAX_SAFE_INTEGER);
    case "uuid":
      return (raw) => uuidText(raw as Uint8Array);
    case "text":
      return (raw) => decodeText(raw as Uint8Array);
    case "struct":
      return structFinisher(field.of);
    case "array": {
      const finish = structFinisher(field.of);
      return (raw) => (raw as unknown[]).map(finish);
    }
    default: {
      const equals = "equals" in field ? field.equals : undefined;
      return equals === undefined ? (raw) => raw as Value : (raw) => checked(raw as Value, raw === equals);
    }
  }
}

function checked(value: Value, holds: boolean): Value {
  if (!holds) throw new RangeError("left to the table engine");
  return value;
}
