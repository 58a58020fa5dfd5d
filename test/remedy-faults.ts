import { withChanges } from "../compat/check/change.ts";
import { check } from "../compat/check/check.ts";
import type { Scenario } from "../compat/check/scenario.ts";
import { DANGEROUS, type Verdict, type VerdictFinding } from "../compat/check/verdict.ts";

/** Nobody has as many things to set right. */
const MOST_STEPS = 60;

/** What decides that a scenario does not complete. */
export function decides({ outcome, findings }: Verdict): VerdictFinding | undefined {
  return outcome === "completes" ? undefined : findings[0];
}

/** What is wrong with the fixes of a scenario: with each alone, and with the deciding ones one after the other. */
export function faultsOf(scenario: Scenario): readonly string[] {
  const verdict = check(scenario);
  return [
    ...verdict.findings.flatMap((finding) => faultsAlone(scenario, verdict, finding)),
    ...chainFaults(scenario, verdict),
  ];
}

/** It has to be gone, or at least nothing may look like success any more; and nothing new may look like success. */
function faultsAlone(
  scenario: Scenario,
  before: Verdict,
  { rule, message, fix }: VerdictFinding,
): readonly string[] {
  if (!fix) return [];
  const after = check(withChanges(scenario, fix));
  const isFound = after.findings.some(
    (each) => each.rule === rule && each.message === message && each.level !== "note",
  );
  const isCalmed = isDangerous(before) && !isDangerous(after);
  const by = after.findings[0]?.rule;
  const isNew = isDangerous(after) && before.findings.every((each) => each.rule !== by);
  return [
    ...(isFound && !isCalmed ? [`${rule} is found all the same`] : []),
    ...(isNew ? [`${rule} leads to ${after.outcome} by ${by}`] : []),
  ];
}

/** None may decide again when its fix was made, and it has to come to an end. */
function chainFaults(scenario: Scenario, verdict: Verdict): readonly string[] {
  const seen = new Set<string>();
  const rules: string[] = [];
  let [at, told] = [scenario, verdict];
  for (let step = 0; step < MOST_STEPS; step++) {
    const by = decides(told);
    if (!by?.fix) return [];
    const key = `${by.rule} ${by.message}`;
    if (seen.has(key)) return [`${by.rule} decides twice: ${rules.join(" > ")}`];
    seen.add(key);
    rules.push(by.rule);
    at = withChanges(at, by.fix);
    told = check(at);
  }
  return [`${rules.join(" > ")} has no end`];
}

function isDangerous({ outcome }: Verdict): boolean {
  return DANGEROUS.has(outcome);
}
