import { observe } from "../observations/observe.ts";
import { check } from "./check.ts";
import type { Scenario } from "./scenario.ts";
import type { Verdict } from "./verdict.ts";

/** What a scenario comes to: as recorded where runs of exactly these ends are, else as the models have it. */
export function judge(scenario: Scenario): Verdict {
  return observe(scenario, check(scenario));
}
