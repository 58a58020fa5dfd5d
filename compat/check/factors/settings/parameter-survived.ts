import type { Factor } from "../../factor.ts";
import { parameterProblems } from "./parameter-faults.ts";
import { crashed } from "./settle.ts";

export const parameterSurvived: Factor = {
  rule: "PARAMETER_SURVIVED",
  purpose: "Checks that no parameter is set to a value that ends the process of its release.",
  reference: "migration/migration.c, migrate_params_apply()",
  find: (pair) =>
    parameterProblems(pair, "assertion").map((problem) => crashed(problem, String(problem.args.text))),
};
