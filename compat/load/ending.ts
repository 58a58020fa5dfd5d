import type { Ending, Stage } from "../check/verdict.ts";
import type { ReadStream } from "./judge.ts";
import type { LoadFinding } from "./result.ts";

/** Something that the destination refuses. */
export interface Stop {
  /** Offset in the stream, below 0 for what comes before it. */
  readonly at: number;
  readonly step: "start" | "setup" | "precopy" | "section";
  /** What the destination prints. */
  readonly error: string;
  readonly findings: readonly LoadFinding[];
  /** It fails, but may do so in other ways. */
  readonly vague?: true;
}

/** How it ends: by the first thing that is refused, or well, or not known. */
export function endingOf(stop: Stop | undefined, isUnsure: boolean, read: ReadStream): Ending {
  if (!stop) return isUnsure ? UNKNOWN : completes(read);
  const destination = { state: stop.step === "start" ? null : "failed", error: stop.error, exits: true };
  if (stop.step === "start")
    return { outcome: "cannot-start", alternatives: [], stage: "start", source: NOTHING, destination };
  if (read.isRestore)
    return { outcome: "guest-lost", alternatives: [], stage: "restore", source: COMPLETED, destination };
  const stage = stageOf(stop, read);
  // The source is done with sending when devices load, and hears of a failure only on the return path.
  if (stage === "switchover" && !hasCommand(read, "OPEN_RETURN_PATH", stop.at))
    return { outcome: "guest-lost", alternatives: [], stage, source: COMPLETED, destination };
  const alternatives = stage === "postcopy" ? (["pauses"] as const) : [];
  return { outcome: "fails", alternatives, stage, source: { state: "failed", error: null }, destination };
}

const NOTHING = { state: null, error: null };
const COMPLETED = { state: "completed", error: null };
const UNKNOWN: Ending = {
  outcome: "unknown",
  alternatives: [],
  stage: "switchover",
  source: NOTHING,
  destination: NOTHING,
};

function completes(read: ReadStream): Ending {
  const isPostcopy = hasCommand(read, "POSTCOPY_LISTEN", Number.POSITIVE_INFINITY);
  const stage = read.isRestore ? "restore" : isPostcopy ? "postcopy" : "switchover";
  return { outcome: "completes", alternatives: [], stage, source: COMPLETED, destination: COMPLETED };
}

function stageOf({ step, at }: Stop, read: ReadStream): Stage {
  if (step === "setup" || step === "precopy") return step;
  return hasCommand(read, "POSTCOPY_ADVISE", at) &&
    hasCommand(read, "POSTCOPY_LISTEN", Number.POSITIVE_INFINITY)
    ? "postcopy"
    : "switchover";
}

function hasCommand({ summary: { commands } }: ReadStream, name: string, before: number): boolean {
  return commands.some(({ command, offset }) => command === name && offset <= before);
}
