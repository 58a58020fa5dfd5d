import type { ChoiceField, Endian, Field, Length, StructDef } from "../codec/layout/index.ts";
import { type Context, isPresent, resolveLength } from "../codec/layout/resolve.ts";

// Bytes a table accepts, made by walking it. Written apart from `encode`, so that one can be tested against the other.

const MOST_OCTETS = 12;
const MOST_ITEMS = 3;
const SNIPPETS = ["pc.ram", "/rom", "é", "日本", "\u{1f4be}"].map((text) => new TextEncoder().encode(text));

/** Numbers drawn from given bytes, so that fast-check can shrink them. Zeros once they are used up. */
export function entropyOf(seed: Uint8Array): (limit: number) => number {
  let at = 0;
  return (limit) => (((seed[at++] ?? 0) << 8) | (seed[at++] ?? 0)) % limit;
}

export interface Walk {
  readonly pick: (limit: number) => number;
  readonly context: Context;
  readonly endian: Endian | undefined;
}

export function acceptedBytes(def: StructDef, walk: Walk): Uint8Array {
  const out: number[] = [];
  writeStruct(def, walk, out);
  return Uint8Array.from(out);
}

function writeStruct(def: StructDef, walk: Walk, out: number[]): void {
  const value: Record<string, number> = {};
  const little = (walk.endian ?? def.endian) === "le";
  const number = (name: string, bits: number, found = numberFor(def, name, bits, walk)) => {
    value[name] = found;
    writeNumber(out, BigInt(found), bits / 8, little);
  };
  for (const [name, field] of Object.entries(def.fields)) {
    if (!isPresent(field.when, value, walk.context)) continue;
    const length = (of: Length) => resolveLength(of, value);
    switch (field.kind) {
      case "u64":
        writeNumber(out, field.equals ?? anyBits(walk, 64), 8, little);
        break;
      case "uuid":
        writeOctets(out, walk, 16);
        break;
      case "bytes":
      case "reserved":
        writeOctets(out, walk, length(field.length));
        break;
      case "text":
        writeText(out, walk, length(field.length));
        break;
      case "struct":
        writeStruct(field.of, walk, out);
        break;
      case "array":
        for (let i = length(field.count); i > 0; i--) writeStruct(field.of, walk, out);
        break;
      case "choice": {
        const chosen = field.cases[value[field.tag] ?? 0];
        if (chosen) writeStruct(chosen, walk, out);
        else writeOctets(out, walk, length(field.otherwise ?? 0));
        break;
      }
      default:
        number(name, bitsOf(field));
    }
  }
}

function bitsOf(field: Field): number {
  return field.kind === "size64" ? 64 : Number(field.kind.replace(/\D+/, ""));
}

/** A number that suits the fields that refer to it: small for lengths, listed for tags, on both sides of conditions. */
function numberFor(def: StructDef, name: string, bits: number, walk: Walk): number {
  const field = def.fields[name];
  if (field && "equals" in field && field.equals !== undefined) return Number(field.equals);
  const others = Object.values(def.fields);
  const [least, most] = lengthBounds(others, name);
  const wanted = others.flatMap((other) => wantedBy(other, name));
  if (field && "values" in field) wanted.push(...Object.keys(field.values ?? {}).map(Number));
  const fitting = wanted.filter((value) => value >= least && value <= most && value < 2 ** bits);
  const tagged = others.some((other) => other.kind === "choice" && other.tag === name && isStrict(other));
  if (fitting.length > 0 && (tagged || walk.pick(2) === 0)) return fitting[walk.pick(fitting.length)] ?? 0;
  if (most < Number.POSITIVE_INFINITY) return least + walk.pick(most - least + 1);
  const any = anyBits(walk, bits);
  return Number(bits === 64 ? any >> 11n : any);
}

/** Whether an unlisted tag is refused. It is not looked at when the condition is on the tag and does not hold. */
function isStrict(field: ChoiceField): boolean {
  const { when } = field;
  return field.otherwise === undefined && !(when && "field" in when && when.field === field.tag);
}

function lengthBounds(fields: readonly Field[], name: string): [number, number] {
  let [least, most] = [0, Number.POSITIVE_INFINITY];
  for (const field of fields) {
    const length = "length" in field ? field.length : "count" in field ? field.count : undefined;
    const otherwise = field.kind === "choice" ? field.otherwise : undefined;
    for (const reference of [length, otherwise]) {
      if (typeof reference !== "object" || reference.field !== name) continue;
      const { times = 1, plus = 0 } = reference;
      least = Math.max(least, Math.ceil(-plus / times));
      most = Math.min(most, Math.floor(((field.kind === "array" ? MOST_ITEMS : MOST_OCTETS) - plus) / times));
    }
  }
  return [least, Math.max(least, most)];
}

function wantedBy(field: Field, name: string): number[] {
  const tags = field.kind === "choice" && field.tag === name ? Object.keys(field.cases).map(Number) : [];
  const { when } = field;
  if (!when || !("field" in when) || when.field !== name) return tags;
  if ("is" in when) return [...tags, when.is];
  return "bit" in when ? [...tags, when.bit] : [...tags, when.atLeast, Math.max(0, when.atLeast - 1)];
}

function anyBits(walk: Walk, bits: number): bigint {
  const kind = walk.pick(8);
  if (kind === 0) return (1n << BigInt(bits)) - 1n;
  if (kind === 1) return BigInt(walk.pick(10));
  let value = 0n;
  for (let i = 0; i < bits; i += 8) value = (value << 8n) | BigInt(walk.pick(256));
  return value;
}

function writeNumber(out: number[], value: bigint, size: number, little: boolean): void {
  const octets = Array.from({ length: size }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
  out.push(...(little ? octets : octets.reverse()));
}

function writeOctets(out: number[], walk: Walk, length: number): void {
  const zero = walk.pick(3) === 0;
  for (let i = 0; i < length; i++) out.push(zero ? 0 : walk.pick(256));
}

function writeText(out: number[], walk: Walk, length: number): void {
  const end = out.length + length;
  while (out.length < end) {
    const snippet = SNIPPETS[walk.pick(2 * SNIPPETS.length)] ?? [walk.pick(256)];
    out.push(...(snippet.length <= end - out.length ? snippet : [walk.pick(128)]));
  }
}
