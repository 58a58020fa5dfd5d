import type { End, Pair } from "../../end.ts";
import type { Factor, Problem } from "../../factor.ts";
import { type BrokenRule, brokenRules } from "./capability-rules.ts";
import { alsoWrong, bothEnds, commandRefused } from "./settle.ts";

export const capabilitiesTogether: Factor = {
  rule: "CAPABILITIES_TOGETHER",
  purpose:
    "Checks that each side takes its capabilities together: none in another's way, none missing for another.",
  reference: "migration/options.c, migrate_caps_check(); migration/migration.c before 8.1",
  find(pair) {
    let problems = NONE;
    for (const end of bothEnds(pair)) {
      const broken = brokenRules(end);
      if (broken.length === 0) continue;
      const decides = broken.find(({ effect }) => effect === "refused");
      problems = [...problems, ...broken.map((each) => problemOf(pair, end, each, each === decides))];
    }
    return problems;
  },
};

const NONE: readonly Problem[] = [];

function problemOf(pair: Pair, end: End, broken: BrokenRule, decides: boolean): Problem {
  const { rule, fact, text, conflict, conflicts, missing, effect } = broken;
  const step = `capabilities ${end.role}` as const;
  const args = {
    capability: rule.capability,
    conflict,
    conflicts: conflicts.join(", "),
    missing,
    effect,
    needsMore: rule.when ?? "",
  };
  const facts = [fact];
  if (decides) return commandRefused(pair, end, step, { text, args, facts });
  const level = effect === "refused" ? "error" : "warning";
  return alsoWrong(end, step, level, { args: { ...args, text }, facts });
}
