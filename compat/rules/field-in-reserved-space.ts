import type { Change } from "../proposal/schema.ts";
import { isHarm, type Rule } from "./rule.ts";

export const fieldInReservedSpace: Rule = {
  id: "FIELD_IN_RESERVED_SPACE",
  purpose: "Checks that a field is added where a struct has room for it, and moves nothing behind it.",
  promise: "BITSTREAM",
  level: "error",
  reference: "the struct tables: fixed lengths are read as they are",
  witness: "longer-multifd-init",
  remedies: ["reserved-space", "compat-property", "capability"],
  isBroken: (observed) => adds(observed.change) && isHarm(observed.outcome),
};

function adds(change: Change): boolean {
  return (
    (change.kind === "packet" || change.kind === "header") &&
    change.add.some((field) => field.in === undefined)
  );
}
