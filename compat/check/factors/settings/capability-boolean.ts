import type { Factor } from "../../factor.ts";
import { inputProblems } from "./capability-problems.ts";

export const capabilityBoolean: Factor = {
  rule: "CAPABILITY_BOOLEAN",
  purpose: "Checks that every capability is set to true or false.",
  reference: "qapi/migration.json, MigrationCapabilityStatus; qapi/qobject-input-visitor.c",
  find: (pair) => inputProblems(pair, "type", () => ({})),
};
