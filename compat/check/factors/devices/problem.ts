import type { Fact } from "../../../facts/fact.ts";
import type { Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { type LoadError, loadErrorLines } from "../../endings/load-failed.ts";
import { switchoverInPostcopy } from "../../endings/postcopy-load-fails.ts";
import type { Problem, Step } from "../../factor.ts";
import type { Ending, Stage } from "../../verdict.ts";

export const NOTHING: readonly Problem[] = [];

/** What ends the scenario. */
export function ends(
  step: Step,
  ending: Ending,
  args: Problem["args"],
  facts: readonly Fact<unknown>[],
): Problem {
  return { step, ending, level: "error", args, facts };
}

/** What is worth knowing, and ends nothing. */
export function tells(
  level: "warning" | "note",
  args: Problem["args"],
  facts: readonly Fact<unknown>[],
  step: Step = "switchover",
): Problem {
  return { step, ending: null, level, args, facts };
}

/** The destination refuses the state of a device, in the last part of the stream; without `error` its words are not known. */
export function stateRefused(pair: Pair, error?: LoadError): Ending {
  const lines = error ? loadErrorLines(pair.destination, error) : [];
  return switchoverInPostcopy(pair, destinationFails(pair, "switchover", lines));
}

/** The two sides differ in a way of which neither runs nor facts tell what comes of it. */
export function notKnown({ mode }: Pair): Ending {
  const stage: Stage = mode === "save-and-restore" ? "restore" : "switchover";
  return {
    outcome: "unknown",
    alternatives: ["completes", "guest-lost", "fails"],
    stage,
    source: { state: null, error: null },
    destination: { state: null, error: null },
  };
}
