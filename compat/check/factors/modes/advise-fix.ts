import type { ScenarioChange } from "../../change.ts";
import { endOf } from "../../end.ts";
import { off, on } from "../../fixes.ts";
import type { Scenario } from "../../scenario.ts";
import { brokenRules } from "../settings/capability-rules.ts";
import { endHasCapability } from "../settings/known.ts";

const POSTCOPY = "postcopy-ram";

/** postcopy-ram on both sides where the destination takes it beside what else it has set; otherwise on neither. */
export function adviseFix(scenario: Scenario, sent: boolean): readonly ScenarioChange[] {
  const { destination } = scenario;
  const capabilities = { ...destination.capabilities, [POSTCOPY]: true };
  const end = endOf("destination", { ...destination, capabilities });
  const wanted = scenario.mode === "postcopy" || scenario.mode === "postcopy-recovery";
  const isTaken = endHasCapability(end, POSTCOPY) && (wanted || brokenRules(end).length === 0);
  return sent && isTaken ? [on("destination", POSTCOPY)] : off(scenario, POSTCOPY);
}
