import type { Factor } from "../../factor.ts";
import { parameterProblems } from "./parameter-faults.ts";

export const parameterInRange: Factor = {
  rule: "PARAMETER_IN_RANGE",
  purpose: "Checks that every number is in the range of its parameter.",
  reference: "migration/options.c, migrate_params_check(); migration/migration.c before 8.1",
  find: (pair) => parameterProblems(pair, "range"),
};
