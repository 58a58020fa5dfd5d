import type { Factor } from "../../factor.ts";
import { transportProblems } from "./transports.ts";

export const transportKnown: Factor = {
  rule: "TRANSPORT_KNOWN",
  purpose: "Checks that both sides have the transport.",
  reference: "migration/migration.c, qmp_migrate(), qmp_migrate_incoming()",
  find: (pair) => transportProblems(pair, "unknown"),
};
