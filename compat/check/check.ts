import { decide, type Placed } from "./decide.ts";
import { type Pair, pairOf } from "./end.ts";
import { completes } from "./endings/completes.ts";
import { evidenceOfAll } from "./evidence.ts";
import { type Factor, STEPS, type Step } from "./factor.ts";
import { FACTORS, WORDINGS } from "./factors/index.ts";
import { releaseModelled } from "./factors/release-modelled.ts";
import { fixOf } from "./fix.ts";
import type { Mode, Scenario } from "./scenario.ts";
import type { Verdict, VerdictFinding } from "./verdict.ts";

interface Found extends Placed {
  readonly factor: Factor;
}

/** Those that speak of releases that are modelled. */
const OTHERS = FACTORS.filter((factor) => factor !== releaseModelled);

/** What a scenario comes to by the facts and models alone. Both versions have to be on the list of releases. */
export function check(scenario: Scenario): Verdict {
  return checkPair(pairOf(scenario));
}

/** The same of ends that are ready to be asked: those of many scenarios need not be made for each. */
export function checkPair(pair: Pair): Verdict {
  const { mode, scenario } = pair;
  const found: Found[] = [];
  const ask = (factor: Factor) => {
    for (const problem of factor.find(pair))
      found.push({ factor, problem, at: stepOrder(mode, problem.step) });
  };
  ask(releaseModelled);
  if (found.length === 0) OTHERS.forEach(ask);
  const decided = decide(found);
  const { outcome, alternatives, stage, source, destination } = decided?.ending ?? completes(pair);
  const others = decided ? found.filter((each) => each !== decided.by) : found;
  if (others.length > 1) others.sort((a, b) => a.at - b.at);
  return {
    format: "migwire/verdict@1",
    ...(scenario.id === undefined ? undefined : { id: scenario.id }),
    outcome,
    alternatives,
    stage,
    source,
    destination,
    findings: (decided ? [decided.by, ...others] : others).map((each) => findingOf(each, pair)),
    confidence: outcome === "unknown" ? "unknown" : "modelled",
  };
}

const ORDER: ReadonlyMap<Step, number> = new Map(STEPS.map((step, i) => [step, i]));

/** Where a step stands in a scenario: what saves to a file is done with before anything restores from it. */
function stepOrder(mode: Mode, step: Step): number {
  const at = ORDER.get(step) ?? 0;
  if (mode !== "save-and-restore") return at;
  const isSource = step.endsWith(" source") || step === "migrate";
  return isSource ? at : at + STEPS.length;
}

function findingOf({ factor, problem }: Found, pair: Pair): VerdictFinding {
  const wording = WORDINGS[factor.rule];
  if (!wording) throw new TypeError(`${factor.rule} has no wording`);
  const fix = fixOf(wording, problem.args, pair);
  return {
    rule: factor.rule,
    level: problem.level,
    message: wording.message(problem.args),
    remedy: wording.remedy(problem.args) ?? null,
    ...(fix.length > 0 && { fix }),
    evidence: evidenceOfAll(problem.facts),
  };
}
