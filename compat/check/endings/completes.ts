import type { Pair } from "../end.ts";
import type { Ending, Stage } from "../verdict.ts";

const LAST: Readonly<Record<Pair["mode"], Stage>> = {
  precopy: "switchover",
  postcopy: "postcopy",
  "postcopy-recovery": "recover",
  "save-and-restore": "restore",
};

/** Both sides finish; the stage is the last one that was gone through. */
export function completes({ mode }: Pair): Ending {
  return {
    outcome: "completes",
    alternatives: [],
    stage: LAST[mode],
    source: { state: "completed", error: null },
    destination: { state: "completed", error: null },
  };
}
