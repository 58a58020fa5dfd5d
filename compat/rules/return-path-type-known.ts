import { isKnown } from "./known.ts";
import { isHarm, type Rule } from "./rule.ts";

export const returnPathTypeKnown: Rule = {
  id: "RETURN_PATH_TYPE_KNOWN",
  purpose: "Checks that a source knows the type of every return-path message that it is sent.",
  promise: "BITSTREAM",
  level: "error",
  reference:
    "migration/migration.c, source_return_path_thread(): types from MIG_RP_MSG_MAX on are refused before the switch and its default case",
  witness: "return-path-keepalive",
  remedies: ["parameter-off", "compat-property", "capability", "transport-keepalive"],
  isBroken: (observed) =>
    observed.change.kind === "message" && isHarm(observed.outcome) && !isKnown(observed),
};
