import type { Factor } from "../../factor.ts";
import { transportProblems } from "./transports.ts";

export const transportFits: Factor = {
  rule: "TRANSPORT_FITS",
  purpose:
    "Checks that the transport can do what the capabilities ask of it: more connections, seeking, more descriptors.",
  reference: "migration/migration.c, migration_transport_compatible()",
  find: (pair) => transportProblems(pair, "transport"),
};
