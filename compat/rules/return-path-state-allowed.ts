import { isKnown } from "./known.ts";
import { isHarm, type Rule, stopsIn } from "./rule.ts";

export const returnPathStateAllowed: Rule = {
  id: "RETURN_PATH_STATE_ALLOWED",
  purpose: "Checks that a return-path message is sent only in a state in which released sources take it.",
  promise: "STATE",
  level: "error",
  reference: "migration/migration.c, source_return_path_thread()",
  witness: "return-path-early-request",
  remedies: ["order", "capability"],
  isBroken: (observed) =>
    observed.change.kind === "message" &&
    isHarm(observed.outcome) &&
    isKnown(observed) &&
    !stopsIn(observed, "ReturnPathHeader.length"),
};
