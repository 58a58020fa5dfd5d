import type { Fact } from "../../../facts/fact.ts";
import type { Problem, Step } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";

/** What a factor finds that ends the scenario. */
export function deciding(
  step: Step,
  ending: Ending,
  args: Problem["args"],
  facts: readonly Fact<unknown>[],
): readonly Problem[] {
  return [{ step, ending, level: "error", args, facts }];
}

/** What is worth knowing, and ends nothing. */
export function worthKnowing(
  step: Step,
  level: "warning" | "note",
  args: Problem["args"],
  facts: readonly Fact<unknown>[],
): readonly Problem[] {
  return [{ step, ending: null, level, args, facts }];
}

/** Nothing is found. */
export const NOTHING: readonly Problem[] = [];
