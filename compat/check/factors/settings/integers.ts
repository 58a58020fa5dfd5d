import { valueAt } from "../../../facts/fact.ts";
import { TYPE_EXPECTED, VALUE_EXPECTED } from "../../../facts/qemu/settings/input-errors.ts";
import { INTEGER_TYPES, LOW_BITS_KEPT } from "../../../facts/qemu/settings/parameter-members.ts";
import type { End } from "../../end.ts";
import { perVersion } from "./per-version.ts";

type IntegerType = "int" | "uint8" | "uint32" | "uint64";

const BITS: Readonly<Record<IntegerType, number>> = { int: 64, uint8: 8, uint32: 32, uint64: 64 };
const ORDER: readonly IntegerType[] = ["int", "uint8", "uint32", "uint64"];

const typesOf = perVersion((version): ReadonlyMap<string, IntegerType> => {
  const types = valueAt(INTEGER_TYPES, version, "later");
  return new Map(ORDER.flatMap((type) => (types?.[type] ?? []).map((name) => [name, type])));
});

function typeOf({ version }: End, parameter: string): IntegerType {
  return typesOf(version).get(parameter) ?? "uint64";
}

/**
 * What a release says of a value that is no integer, or none that fits; undefined where it takes it. A limit itself is what
 * reading JSON made of the number in front of it, the largest of its type.
 */
export function integerRefused(end: End, parameter: string, value: unknown): string | undefined {
  const type = typeOf(end, parameter);
  const limit = type === "int" ? 2 ** 63 : 2 ** 64;
  if (!Number.isInteger(value) || Number(value) > limit || Number(value) < -(2 ** 63)) {
    const said =
      type === "int"
        ? end.say(TYPE_EXPECTED, parameter, "integer")
        : end.say(VALUE_EXPECTED, parameter, "uint64");
    return said?.text;
  }
  const bits = BITS[type];
  if (bits === 64 || (Number(value) >= 0 && Number(value) < 2 ** bits)) return undefined;
  return end.say(VALUE_EXPECTED, parameter, `${type}_t`)?.text;
}

/** The number that a release compares with the range of a parameter. */
export function integerKept(end: End, parameter: string, value: number): number {
  if (typeOf(end, parameter) !== "int") return value < 0 ? value + 2 ** 64 : value;
  const low = end.value(LOW_BITS_KEPT);
  if (!low) return value;
  const bits = low[8].includes(parameter) ? 8 : low[32].includes(parameter) ? 32 : 64;
  const wrapped = value % 2 ** bits;
  return wrapped < 0 ? wrapped + 2 ** bits : wrapped;
}
