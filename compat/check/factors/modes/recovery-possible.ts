import { RECOVERY_OF_3_0 } from "../../../facts/qemu/errata/errata-return-path.ts";
import { PAUSES } from "../../../facts/qemu/postcopy/recovery.ts";
import { POSTCOPY_PAUSES } from "../../../facts/qemu/return-path/source-states.ts";
import { RECOVERY_WITHOUT_RAM } from "../../../facts/qemu/settings/migrate-errors.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { recovers, sourceLines } from "../../endings/postcopy-recovers.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { announcesPostcopy, ends, NOTHING, tells } from "./pair.ts";

const PAUSED = { state: "postcopy-paused", error: null } as const;
const GONE = { state: "failed", error: null, exits: true } as const;

export const recoveryPossible: Factor = {
  rule: "RECOVERY_POSSIBLE",
  purpose: "Checks that both releases pause when postcopy loses its connection, and can be recovered.",
  reference: "migration/migration.c, postcopy_pause(), migrate_prepare(); migration/savevm.c",
  find(pair) {
    const { source } = pair;
    if (pair.mode !== "postcopy-recovery" || !announcesPostcopy(source)) return NOTHING;
    // Bitmaps alone come at the very end: there is hardly a moment in which to lose the connection.
    if (source.has("dirty-bitmaps") && !source.has("postcopy-ram")) return NOTHING;
    return lost(pair) ?? otherNumbers(pair) ?? withoutRam(pair) ?? paused(pair);
  },
};

/** A side that does not pause gives up when the connection is lost. */
function lost({ source, destination }: Pair): readonly Problem[] | undefined {
  const [pausesHere, pausesThere] = [source.value(POSTCOPY_PAUSES), destination.value(PAUSES)];
  if (pausesHere && pausesThere) return undefined;
  const ending: Ending = {
    outcome: pausesHere ? "pauses" : "fails",
    alternatives: [],
    stage: "postcopy",
    source: pausesHere ? PAUSED : { state: "failed", error: null },
    destination: pausesThere ? PAUSED : GONE,
  };
  const facts = [...chaptersFor(source, POSTCOPY_PAUSES), ...chaptersFor(destination, PAUSES)];
  return ends("recover", ending, facts, { why: "lost", isSource: !pausesHere });
}

function otherNumbers({ source, destination }: Pair): readonly Problem[] | undefined {
  const [here, there] = [source.value(RECOVERY_OF_3_0), destination.value(RECOVERY_OF_3_0)];
  const erratum = here ?? there;
  if (!erratum || (here && there)) return undefined;
  const [outcome = "unknown", ...alternatives] = erratum.outcomes;
  const ending: Ending = { outcome, alternatives, stage: "recover", source: PAUSED, destination: PAUSED };
  return ends("recover", ending, RECOVERY_OF_3_0, { why: "numbers", isSource: here !== undefined });
}

function withoutRam(pair: Pair): readonly Problem[] | undefined {
  const { source } = pair;
  const text = source.has("release-ram") ? source.say(RECOVERY_WITHOUT_RAM)?.text : undefined;
  if (text === undefined) return undefined;
  const { destination } = recovers(pair);
  const ending: Ending = {
    outcome: "refused",
    alternatives: ["pauses"],
    stage: "recover",
    source: {
      state: "postcopy-paused",
      error: text,
      otherErrors: sourceLines(source).map((lines) => lines.join("\n")),
    },
    destination: { ...destination, state: "postcopy-paused" },
  };
  return ends("recover", ending, chaptersFor(source, RECOVERY_WITHOUT_RAM), { why: "ram", isSource: true });
}

function paused(pair: Pair): readonly Problem[] {
  return tells("note", recovers(pair), [], { why: "none", isSource: true });
}
