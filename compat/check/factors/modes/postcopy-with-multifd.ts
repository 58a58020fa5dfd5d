import {
  MULTIFD_POSTCOPY_STREAM,
  MULTIFD_RECOVERY,
  MULTIFD_YANK,
} from "../../../facts/qemu/postcopy/postcopy-start.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { hangs } from "../../endings/destination-waits.ts";
import { destinationLines, sourceLines, told } from "../../endings/postcopy-recovers.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { ends, isSocket, NOTHING, startsPostcopy } from "./pair.ts";

const ACTIVE = { state: "postcopy-active", error: null };

export const postcopyWithMultifd: Factor = {
  rule: "POSTCOPY_WITH_MULTIFD",
  purpose: "Checks that postcopy after multifd comes to its end between these releases.",
  reference:
    "migration/migration.c, migration_incoming_state_destroy(); migration/ram.c, ram_load_postcopy()",
  find(pair) {
    const { source, destination } = pair;
    if (!startsPostcopy(pair) || !isSocket(pair) || !source.has("postcopy-ram")) return NOTHING;
    if (!source.has("multifd") || !destination.has("multifd")) return NOTHING;
    if (pair.mode === "postcopy-recovery") return inRecovery(pair);
    const own = source.value(MULTIFD_POSTCOPY_STREAM);
    if (own && !destination.value(MULTIFD_POSTCOPY_STREAM)) {
      const ending = { ...hangs("postcopy", ACTIVE, ACTIVE), alternatives: ["completes" as const] };
      return ends("postcopy", ending, chaptersFor(source, MULTIFD_POSTCOPY_STREAM), { why: "stream" });
    }
    const text = destination.say(MULTIFD_YANK)?.text;
    if (text === undefined) return NOTHING;
    return ends(
      "done",
      {
        outcome: "guest-lost",
        alternatives: ["completes"],
        stage: "postcopy",
        source: { state: "completed", error: null },
        destination: { state: null, error: text, exits: true },
      },
      chaptersFor(destination, MULTIFD_YANK),
      { why: "yank" },
    );
  },
};

function inRecovery(pair: Pair): readonly Problem[] {
  const { source, destination } = pair;
  const how = destination.value(MULTIFD_RECOVERY);
  if (how === undefined) return NOTHING;
  const waits = how === "waits";
  const isUneven =
    source.value(MULTIFD_POSTCOPY_STREAM) !== undefined && !destination.value(MULTIFD_POSTCOPY_STREAM);
  const ending: Ending = {
    outcome: waits ? "hangs" : "pauses",
    alternatives: isUneven ? ["fails", "completes"] : [],
    stage: "recover",
    source: told(waits ? "postcopy-recover" : "postcopy-paused", sourceLines(source)),
    destination: told("postcopy-paused", destinationLines(pair)),
  };
  return ends("recover", ending, chaptersFor(destination, MULTIFD_RECOVERY), { why: how });
}
