import { BITMAPS_AFTER_PAUSE } from "../../../facts/qemu/dirty-bitmap/pause.ts";
import { chaptersFor } from "../../chapters.ts";
import { recovers } from "../../endings/postcopy-recovers.ts";
import type { Factor } from "../../factor.ts";
import { sentBitmaps } from "./bitmaps-of.ts";
import { ends, NOTHING } from "./problem.ts";

export const bitmapsOutlivePause: Factor = {
  rule: "BITMAPS_OUTLIVE_PAUSE",
  purpose: "Checks that no dirty bitmaps are on their way when postcopy is paused and recovered.",
  reference: "migration/savevm.c, qemu_loadvm_state_main(): dirty_bitmap_mig_cancel_incoming()",
  find(pair) {
    const { source, destination, mode } = pair;
    if (mode !== "postcopy-recovery" || !source.has("postcopy-ram")) return NOTHING;
    const sent = sentBitmaps(source).filter(({ as }) => as);
    const [first] = sent;
    const after = destination.value(BITMAPS_AFTER_PAUSE);
    if (!first || !after) return NOTHING;
    const { node, name } = first.bitmap;
    const args = { count: sent.length, node, name, dropped: after === "dropped" };
    const paused = recovers(pair);
    const ending =
      after === "dropped"
        ? ({ ...paused, outcome: "loses-bitmaps" } as const)
        : ({ ...paused, alternatives: ["loses-bitmaps"] } as const);
    return [ends("done", ending, args, chaptersFor(destination, BITMAPS_AFTER_PAUSE))];
  },
};
