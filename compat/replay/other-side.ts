import type { StreamSummary } from "../../codec/index.ts";
import { MACHINE_OPTION } from "../peers/not-started.ts";
import type { ReplayAnswer } from "./answer.ts";

/** How the side that sent the bytes ends, in the words of `design.md`. */
export interface OtherSide {
  readonly side: "source" | "destination";
  readonly outcome:
    | "cannot-start"
    | "completes"
    | "corrupts"
    | "loses-bitmaps"
    | "fails"
    | "guest-lost"
    | "pauses"
    | "source-crashes"
    | "unknown";
}

/** What of a main channel tells whether its source learns of a refusal. */
export type Course = Pick<StreamSummary, "commands" | "sections">;

/**
 * What becomes of the migration when the peer ends as it does. Without a return path a source learns of a refusal only while
 * it still has something to write; the states of devices are written at once behind the last of RAM.
 */
export function otherSide(
  answer: ReplayAnswer,
  side: "source" | "destination",
  course: Course | null,
): OtherSide {
  const sender = side === "source" ? "destination" : "source";
  if (answer.stoppedAt?.path === MACHINE_OPTION) return { side: sender, outcome: "cannot-start" };
  return { side: sender, outcome: side === "source" ? outcomeOfSource(answer) : outcomeOf(answer, course) };
}

function outcomeOfSource({ accepts, status, exit }: ReplayAnswer): OtherSide["outcome"] {
  if (exit !== null && exit < 0) return "source-crashes";
  if (status === "postcopy-paused") return "pauses";
  if (status === "completed") return "completes";
  return status === "failed" || status === "failing" || !accepts ? "fails" : "unknown";
}

function outcomeOf(
  { accepts, status, stoppedAt, findings }: ReplayAnswer,
  course: Course | null,
): OtherSide["outcome"] {
  if (findings.some(({ rule }) => rule === "PEER_KEEPS_MEMORY")) return "corrupts";
  if (findings.some(({ rule }) => rule === "PEER_KEEPS_BITMAPS")) return "loses-bitmaps";
  if (status === "completed") return "completes";
  if (status === "postcopy-paused") return "pauses";
  if (accepts || !stoppedAt || !course) return "unknown";
  const told = course.commands.some(({ command }) => command === "OPEN_RETURN_PATH");
  const switchover = course.sections.find(({ kind }) => kind === "full")?.offset;
  const late = stoppedAt.connection === 0 && switchover !== undefined && stoppedAt.offset >= switchover;
  return late && !told ? "guest-lost" : "fails";
}
