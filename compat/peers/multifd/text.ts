import type { ErrorText } from "../../facts/error-text.ts";
import { type Fact, valueAt } from "../../facts/fact.ts";
import { type PrintfValue, printf } from "../../facts/printf.ts";

const CONVERSION = /%[0#-]*\d*(?<type>hhd|[dux]|l*[dux]|s)/g;

/** A message of a release; empty where it has none. Numbers are taken as C's `%d` and `%hhd` take them. */
export function told(
  chapters: readonly Fact<ErrorText>[],
  version: string,
  ...values: readonly PrintfValue[]
): string {
  const text = valueAt(chapters, version, "later");
  if (!text) return "";
  const types = Array.from(text.template.matchAll(CONVERSION), (conversion) => conversion[1]);
  return printf(text.template, ...values.map((value, i) => signed(value, types[i])));
}

function signed(value: PrintfValue, type: string | undefined): PrintfValue {
  if (typeof value !== "number" || (type !== "d" && type !== "hhd")) return value;
  return Number(BigInt.asIntN(type === "hhd" ? 8 : 32, BigInt(value)));
}
