import { isKnown, keepsLength } from "./known.ts";
import { isHarm, type Rule } from "./rule.ts";

export const commandStateAllowed: Rule = {
  id: "COMMAND_STATE_ALLOWED",
  purpose: "Checks that a migration command is sent only in a state in which released destinations take it.",
  promise: "STATE",
  level: "error",
  reference: "migration/savevm.c, loadvm_process_command() and the handlers it calls",
  witness: "early-postcopy-run",
  remedies: ["order", "capability"],
  isBroken: (observed) =>
    observed.change.kind === "command" &&
    isHarm(observed.outcome) &&
    isKnown(observed) &&
    keepsLength(observed),
};
