import { CAPABILITIES } from "../../../inventory/implied.ts";
import type { Factor } from "../../factor.ts";
import { inputProblems } from "./capability-problems.ts";
import { whereKnown } from "./known.ts";

export const capabilityKnown: Factor = {
  rule: "CAPABILITY_KNOWN",
  purpose: "Checks that each side has every capability that is set on it, even to off.",
  reference: "qapi/migration.json, MigrationCapability; qapi/qapi-visit-core.c, input_type_enum()",
  find: (pair) =>
    inputProblems(pair, "unknown", ({ capability }) => ({ known: whereKnown(CAPABILITIES, capability) })),
};
