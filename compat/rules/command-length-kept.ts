import { isKnown, keepsLength } from "./known.ts";
import { isHarm, type Rule } from "./rule.ts";

export const commandLengthKept: Rule = {
  id: "COMMAND_LENGTH_KEPT",
  purpose: "Checks that a migration command of a known number keeps its length.",
  promise: "BITSTREAM",
  level: "error",
  reference: "migration/savevm.c, mig_cmd_args",
  witness: "longer-ping",
  remedies: ["new-message", "capability", "compat-property"],
  isBroken: (observed) =>
    observed.change.kind === "command" &&
    isHarm(observed.outcome) &&
    isKnown(observed) &&
    !keepsLength(observed),
};
