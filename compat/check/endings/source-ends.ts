import type { Ending, Outcome, Stage } from "../verdict.ts";

/** The source fails or dies by itself; nobody has loaded anything. */
export function sourceEnds(
  outcome: Extract<Outcome, "fails" | "source-crashes" | "hangs">,
  stage: Stage,
  error: string | null,
  state: string = "failed",
): Ending {
  const exits = outcome === "source-crashes";
  return {
    outcome,
    alternatives: [],
    stage,
    source: exits ? { state: null, error, exits } : { state, error },
    destination: { state: null, error: null },
  };
}
