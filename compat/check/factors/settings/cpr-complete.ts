import type { Factor } from "../../factor.ts";
import { transportProblems } from "./transports.ts";

export const cprComplete: Factor = {
  rule: "CPR_COMPLETE",
  purpose: "Checks that a mode for updating QEMU in place has all it needs, and nothing that it excludes.",
  reference: "migration/migration.c, migrate_prepare(), qmp_migrate()",
  find: (pair) => transportProblems(pair, "cpr"),
};
