import { PARAMETERS } from "../../../inventory/implied.ts";
import type { Factor } from "../../factor.ts";
import { whereKnown } from "./known.ts";
import { parameterProblems } from "./parameter-faults.ts";

export const parameterKnown: Factor = {
  rule: "PARAMETER_KNOWN",
  purpose: "Checks that each side has every parameter that is set on it.",
  reference: "qapi/migration.json, MigrateSetParameters; qapi/qobject-input-visitor.c",
  find: (pair) =>
    parameterProblems(pair, "unknown", ({ parameter }) => ({ known: whereKnown(PARAMETERS, parameter) })),
};
