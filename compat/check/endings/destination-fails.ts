import { RETURN_PATH_END_UNSEEN } from "../../facts/qemu/errata/errata-return-path.ts";
import type { Pair } from "../end.ts";
import type { Ending, Outcome, SideEnd, Stage } from "../verdict.ts";
import { isHeard, type Noticed, sourceLoses } from "./source-loses.ts";

/** What a factor knows besides the lines that a failing destination prints. */
export interface DestinationFailure {
  /** Other outcomes of the same race; by default those that the stage leaves open. */
  readonly alternatives?: readonly Outcome[];
  /** What its process prints otherwise. */
  readonly otherErrors?: readonly string[];
  /** The process stays, its main loop stuck, or waiting for connections. */
  readonly stays?: SideEnd["state"];
  /** Where the source notices; on its main channel unless told. */
  readonly noticed?: Noticed;
}

/** The destination's process exits with these lines on stderr; what the source makes of it follows from when that is. */
export function destinationFails(
  pair: Pair,
  stage: Stage,
  lines: readonly string[],
  failure: DestinationFailure = {},
): Ending {
  const { otherErrors, stays } = failure;
  const error = lines.length === 0 ? null : lines.join("\n");
  const destination: SideEnd = {
    state: stays === undefined ? "failed" : stays,
    error,
    ...(otherErrors && otherErrors.length > 0 && { otherErrors }),
    ...(stays === undefined && { exits: true }),
  };
  const outcome = outcomeOf(pair, stage);
  const alternatives = failure.alternatives ?? alternativesOf(pair, stage, outcome);
  const source = sourceOf(pair, stage, outcome, alternatives, failure.noticed);
  return {
    outcome,
    alternatives,
    stage: pair.mode === "save-and-restore" ? "restore" : stage,
    source,
    destination,
  };
}

/** A source that completes may fail instead, and then says so. */
function sourceOf(
  pair: Pair,
  stage: Stage,
  outcome: Outcome,
  alternatives: readonly Outcome[],
  noticed: Noticed | undefined,
): SideEnd {
  const fails = sourceLoses(pair, stage, noticed);
  if (outcome !== "guest-lost") return fails;
  if (!alternatives.includes("fails")) return { state: "completed", error: null };
  const { error, otherErrors = [] } = fails;
  return {
    state: "completed",
    error: null,
    otherErrors: error === null ? otherErrors : [error, ...otherErrors],
  };
}

/** Only what is still to be written, or a return path, tells the source. */
function outcomeOf(pair: Pair, stage: Stage): Outcome {
  const unheard = pair.mode === "save-and-restore" || (stage === "switchover" && !isHeard(pair));
  return unheard ? "guest-lost" : "fails";
}

/** Without a return path the last writes may fail in time, or all may be written before the failure shows. */
function alternativesOf(pair: Pair, stage: Stage, outcome: Outcome): readonly Outcome[] {
  if (pair.mode === "save-and-restore") return [];
  if (!isHeard(pair)) return outcome === "guest-lost" ? ["fails"] : ["guest-lost"];
  const unseen = stage === "switchover" && pair.source.value(RETURN_PATH_END_UNSEEN) !== undefined;
  return unseen ? ["guest-lost"] : [];
}
