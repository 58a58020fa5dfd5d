import type { Factor } from "../../factor.ts";
import { parameterProblems } from "./parameter-faults.ts";

export const parameterTyped: Factor = {
  rule: "PARAMETER_TYPED",
  purpose: "Checks that every parameter has a value of its type.",
  reference: "qapi/migration.json, MigrateSetParameters; qapi/qobject-input-visitor.c",
  find: (pair) => parameterProblems(pair, "type"),
};
