import type { ScenarioChange } from "./change.ts";
import type { Pair } from "./end.ts";
import type { Problem } from "./factor.ts";
import type { Scenario } from "./scenario.ts";

/** What is wrong, and what to do about it. Whole sentences in the remedy; undefined where nothing can be done. */
export interface CheckWording {
  message(args: Problem["args"]): string;
  remedy(args: Problem["args"]): string | undefined;
  /** The remedy as changes to the scenario, where settings alone are one: with them made, this is no longer found. */
  fix?(args: Problem["args"], scenario: Scenario, pair: Pair): readonly ScenarioChange[];
}

/** By rule. */
export type CheckWordings = Readonly<Record<string, CheckWording>>;
