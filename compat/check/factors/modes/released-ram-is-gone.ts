import type { Factor } from "../../factor.ts";
import { announcesPostcopy, NOTHING, startsPostcopy, tells } from "./pair.ts";

export const releasedRamIsGone: Factor = {
  rule: "RELEASED_RAM_IS_GONE",
  purpose: "Checks that it is known that postcopy with release-ram cannot be recovered.",
  reference: "migration/migration.c, migrate_prepare(); migration/ram.c, ram_release_page()",
  find(pair) {
    const { source, mode } = pair;
    if (mode === "postcopy-recovery" || !startsPostcopy(pair)) return NOTHING;
    return source.has("release-ram") && announcesPostcopy(source) ? tells("note", null, []) : NOTHING;
  },
};
