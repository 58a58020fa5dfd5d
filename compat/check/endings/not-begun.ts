import type { End } from "../end.ts";
import type { Ending, SideEnd, Stage } from "../verdict.ts";

const NOTHING: SideEnd = { state: null, error: null };

/** A process refuses its command line with these lines on stderr. */
export function cannotStart(end: End, lines: readonly string[]): Ending {
  return ended("cannot-start", "start", end, { state: null, error: lines.join("\n"), exits: true });
}

/** A QMP command answers with an error. `sourceDone`: the source has saved its state before. */
export function refused(end: End, stage: "configure" | "connect", text: string, sourceDone = false): Ending {
  const ending = ended("refused", stage, end, { state: null, error: text });
  return sourceDone ? { ...ending, source: { state: "completed", error: null } } : ending;
}

function ended(outcome: Ending["outcome"], stage: Stage, end: End, side: SideEnd): Ending {
  const source = end.role === "source" ? side : NOTHING;
  const destination = end.role === "destination" ? side : NOTHING;
  return { outcome, alternatives: [], stage, source, destination };
}
