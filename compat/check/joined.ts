import type { Problem } from "./factor.ts";

/** Problems of both ends; mostly there are none, and nothing is made. */
export function joined(first: readonly Problem[], second: readonly Problem[]): readonly Problem[] {
  if (second.length === 0) return first;
  return first.length === 0 ? second : [...first, ...second];
}
