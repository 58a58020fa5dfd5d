import type { Factor } from "../../factor.ts";
import { NOTHING, tells } from "./pair.ts";

const PAUSE = "pause-before-switchover";

export const someoneContinues: Factor = {
  rule: "SOMEONE_CONTINUES",
  purpose: "Checks that somebody says migrate-continue where the source waits for it.",
  reference: "migration/migration.c, migration_maybe_pause()",
  find: ({ source }) => (source.has(PAUSE) ? tells("note", null, []) : NOTHING),
};
