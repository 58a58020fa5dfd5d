import { POSTCOPY_ENABLED_BY } from "../../../facts/qemu/postcopy/postcopy-start.ts";
import { POSTCOPY_NOT_ENABLED } from "../../../facts/qemu/settings/migrate-errors.ts";
import { chaptersFor } from "../../chapters.ts";
import { streamEnds } from "../../endings/source-fails.ts";
import type { Factor } from "../../factor.ts";
import { announcesPostcopy, ends, NOTHING, startsPostcopy } from "./pair.ts";

const CUT_AT = ["footer", "section"] as const;

export const postcopyCanStart: Factor = {
  rule: "POSTCOPY_CAN_START",
  purpose: "Checks that the source has a capability with which postcopy can be started.",
  reference: "migration/migration.c, qmp_migrate_start_postcopy()",
  find(pair) {
    const { source } = pair;
    if (!startsPostcopy(pair) || announcesPostcopy(source)) return NOTHING;
    return ends(
      "precopy",
      {
        outcome: "refused",
        alternatives: ["completes"],
        stage: "postcopy",
        source: { state: null, error: source.say(POSTCOPY_NOT_ENABLED)?.text ?? null },
        // What it prints once somebody cancels the migration.
        destination: {
          state: null,
          error: null,
          otherErrors: CUT_AT.map((at) => streamEnds(pair, at).join("\n")),
        },
      },
      chaptersFor(source, POSTCOPY_ENABLED_BY, POSTCOPY_NOT_ENABLED),
      { destination: pair.destination.has("postcopy-ram") },
    );
  },
};
