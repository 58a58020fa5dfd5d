import type { Factor } from "../../factor.ts";
import { transportProblems } from "./transports.ts";

export const mappedRamPlain: Factor = {
  rule: "MAPPED_RAM_PLAIN",
  purpose: "Checks that mapped-ram is written without compression and TLS.",
  reference: "migration/migration.c, migrate_prepare()",
  find: (pair) => transportProblems(pair, "mapped-ram"),
};
