import type { Scenario } from "../check/scenario.ts";
import { DANGEROUS, type Outcome, type SideEnd, type Stage, type Verdict } from "../check/verdict.ts";
import { findRuns, recordedText } from "./find.ts";
import type { ObservedRun, ObservedSide } from "./observation.ts";

/** Stages of outcomes that models did not foresee; a recording tells no finer ones. */
const STAGE: Readonly<Partial<Record<Outcome, Stage>>> = {
  "cannot-start": "start",
  refused: "configure",
  corrupts: "precopy",
  pauses: "postcopy",
};

/** What recorded runs of exactly these ends make of a verdict that the models gave: what was seen counts more. */
export function observe(scenario: Scenario, modelled: Verdict): Verdict {
  const runs = findRuns(scenario);
  const [run] = runs;
  if (!run) return modelled;
  const seen = [...new Set(runs.flatMap(({ outcomes }) => outcomes))];
  const outcome = seen.includes(modelled.outcome) ? modelled.outcome : worst(seen);
  const asSeen = runs.find(({ outcomes }) => outcomes[0] === outcome) ?? run;
  const agrees = outcome === modelled.outcome;
  const foreseen = agrees ? modelled.alternatives : feared(modelled);
  return {
    ...modelled,
    outcome,
    alternatives: [...new Set([...seen, ...foreseen])].filter((each) => each !== outcome),
    stage: agrees ? modelled.stage : (STAGE[outcome] ?? modelled.stage),
    source: sideOf(asSeen, asSeen.source, agrees ? modelled.source : null),
    destination: sideOf(asSeen, asSeen.destination, agrees ? modelled.destination : null),
    findings: agrees ? modelled.findings : [differs(modelled, outcome, seen), ...demoted(modelled)],
    confidence: "observed",
  };
}

/** A loss that models foresee is not ruled out by runs that went well. */
function feared({ outcome }: Verdict): readonly Outcome[] {
  return DANGEROUS.has(outcome) ? [outcome] : [];
}

/** Of several outcomes one that looks like success goes first, where it is none. */
function worst(seen: readonly Outcome[]): Outcome {
  return seen.find((outcome) => DANGEROUS.has(outcome)) ?? seen[0] ?? "unknown";
}

/** The text that was seen goes before those that the models give. */
function sideOf(
  { outcomes }: ObservedRun,
  seen: ObservedSide | undefined,
  modelled: SideEnd | null,
): SideEnd {
  const text = recordedText(seen?.error);
  if (modelled && text === null) return modelled;
  if (modelled?.error === text || !modelled)
    return { state: seen?.state ?? null, error: text, ...modelled, ...exits(outcomes, modelled) };
  const others = [modelled.error, ...(modelled.otherErrors ?? [])].filter((each) => each !== null);
  return { ...modelled, error: text, otherErrors: others.filter((each) => each !== text) };
}

function exits(outcomes: ObservedRun["outcomes"], modelled: SideEnd | null): Pick<SideEnd, "exits"> {
  return modelled === null && outcomes.includes("cannot-start") ? { exits: true } : {};
}

function differs(modelled: Verdict, outcome: Outcome, seen: readonly Outcome[]): Verdict["findings"][number] {
  return {
    rule: "OUTCOME_AS_OBSERVED",
    level: DANGEROUS.has(outcome) || outcome !== "completes" ? "error" : "note",
    message: `recorded runs of exactly these ends came to ${seen.join(" or ")}, where the models say ${modelled.outcome}`,
    remedy: null,
    evidence: [],
  };
}

/** Findings behind an outcome that was not seen only warn. */
function demoted({ findings }: Verdict): Verdict["findings"] {
  return findings.map((finding) => (finding.level === "error" ? { ...finding, level: "warning" } : finding));
}
