import type { Problem } from "./factor.ts";
import type { Ending, Outcome } from "./verdict.ts";

/** A problem, and where its step stands in the scenario. */
export interface Placed {
  readonly problem: Problem;
  readonly at: number;
}

/** Outcomes that stop nothing: both sides go on to what comes next. The worse ones first. */
const SILENT: readonly Outcome[] = ["corrupts", "loses-bitmaps", "completes"];

/**
 * What decides of several problems: the first one that stops the migration; where none does, the worst of those that do not.
 * A race that may let the migration go on goes on to what the rest comes to.
 */
export function decide<P extends Placed>(
  found: readonly P[],
): { readonly by: P; readonly ending: Ending } | undefined {
  const stop = earliest(found, (outcome) => !SILENT.includes(outcome));
  if (!stop) return worstOf(found);
  const ending = withOther(found, stop);
  const goesOn = [ending.outcome, ...ending.alternatives].filter((outcome) => SILENT.includes(outcome));
  if (goesOn.length === 0) return { by: stop, ending };
  const rest = decide(found.filter((each) => each !== stop))?.ending;
  if (!rest) return { by: stop, ending };
  const then = [rest.outcome, ...rest.alternatives];
  const alternatives = ending.alternatives.flatMap((each) => (SILENT.includes(each) ? then : [each]));
  return { by: stop, ending: { ...ending, alternatives: [...new Set(alternatives)] } };
}

/** Both processes are started at once: where neither takes its command line, each tells its own. */
function withOther(found: readonly Placed[], { problem, at }: Placed): Ending {
  const ending = problem.ending as Ending;
  if (ending.outcome !== "cannot-start" || problem.step !== "start source") return ending;
  const other = found.find((each) => each.at === at + 1 && each.problem.ending?.outcome === "cannot-start");
  return other?.problem.ending ? { ...ending, destination: other.problem.ending.destination } : ending;
}

function worstOf<P extends Placed>(
  found: readonly P[],
): { readonly by: P; readonly ending: Ending } | undefined {
  for (const silent of SILENT) {
    const by = earliest(found, (outcome) => outcome === silent);
    if (by) return { by, ending: by.problem.ending as Ending };
  }
  return undefined;
}

function earliest<P extends Placed>(found: readonly P[], is: (outcome: Outcome) => boolean): P | undefined {
  let best: P | undefined;
  for (const each of found)
    if (each.problem.ending && is(each.problem.ending.outcome) && (!best || each.at < best.at)) best = each;
  return best;
}
