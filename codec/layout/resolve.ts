import type { Condition, Length } from "./fields.ts";
import type { StructValue } from "./struct.ts";

/** Named facts that are not in the bytes, such as `{ ignoreShared: true }`. */
export type Context = Readonly<Record<string, boolean>>;

export function resolveLength(length: Length, value: StructValue): number {
  if (typeof length === "number") return length;
  return numberOf(value, length.field) * (length.times ?? 1) + (length.plus ?? 0);
}

export function isPresent(when: Condition | undefined, value: StructValue, context: Context): boolean {
  if (!when) return true;
  if ("context" in when) return context[when.context] === true;
  const left = value[when.field] === undefined ? 0 : numberOf(value, when.field);
  if ("is" in when) return left === when.is;
  if ("atLeast" in when) return left >= when.atLeast;
  return Math.floor(left / when.bit) % 2 === 1;
}

export function numberOf(value: StructValue, name: string): number {
  const found = value[name];
  return typeof found === "number" ? found : 0;
}
