import { isKnown } from "./known.ts";
import { isHarm, type Rule } from "./rule.ts";

export const commandKnown: Rule = {
  id: "COMMAND_KNOWN",
  purpose: "Checks that a destination knows every migration command that it is sent.",
  promise: "BITSTREAM",
  level: "error",
  reference: "migration/savevm.c, loadvm_process_command(): commands from MIG_CMD_MAX on are refused",
  witness: "new-command",
  remedies: ["capability", "compat-property", "parameter-off"],
  isBroken: (observed) =>
    observed.change.kind === "command" && isHarm(observed.outcome) && !isKnown(observed),
};
