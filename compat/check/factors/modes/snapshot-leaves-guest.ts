import type { Factor } from "../../factor.ts";
import { NOTHING, tells } from "./pair.ts";

export const snapshotLeavesGuest: Factor = {
  rule: "SNAPSHOT_LEAVES_GUEST",
  purpose: "Checks that nobody takes a background snapshot for a migration: the guest runs on at the source.",
  reference: "migration/migration.c, bg_migration_thread()",
  find: ({ source, mode }) =>
    source.has("background-snapshot")
      ? tells(mode === "save-and-restore" ? "note" : "warning", null, [], {
          live: mode !== "save-and-restore",
        })
      : NOTHING,
};
