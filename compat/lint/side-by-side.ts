import type { Fact } from "../facts/fact.ts";

/** Facts that are true side by side, such as the formats there are: chapters never begin together. */
export function isList(facts: readonly Fact<unknown>[]): boolean {
  return facts.some((fact, i) => JSON.stringify(facts[i - 1]?.since) === JSON.stringify(fact.since));
}
