import { isHarm, type Rule } from "./rule.ts";

export const ramFlagKnown: Rule = {
  id: "RAM_FLAG_KNOWN",
  purpose: "Checks that a destination knows the flags of every RAM record.",
  promise: "BITSTREAM",
  level: "error",
  reference: "migration/ram.c, ram_load_precopy(): unknown combinations of flags are refused",
  witness: "new-ram-flag",
  remedies: ["capability", "compat-property"],
  isBroken: (observed) => observed.change.kind === "ram-flag" && isHarm(observed.outcome),
};
