import { isKnown } from "./known.ts";
import { isHarm, type Rule, stopsIn } from "./rule.ts";

export const returnPathLengthKept: Rule = {
  id: "RETURN_PATH_LENGTH_KEPT",
  purpose: "Checks that a return-path message of a known type keeps its length.",
  promise: "BITSTREAM",
  level: "error",
  reference: "migration/migration.c, source_return_path_thread(), rp_cmd_args",
  witness: "return-path-longer-pong",
  remedies: ["new-message", "capability", "compat-property"],
  isBroken: (observed) =>
    observed.change.kind === "message" &&
    isHarm(observed.outcome) &&
    isKnown(observed) &&
    stopsIn(observed, "ReturnPathHeader.length"),
};
