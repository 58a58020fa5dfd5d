import { isHarm, type Rule } from "./rule.ts";

export const subsectionKnown: Rule = {
  id: "SUBSECTION_KNOWN",
  purpose: "Checks that a destination knows every subsection that it is sent.",
  promise: "BITSTREAM",
  level: "error",
  reference: "migration/vmstate.c, vmstate_subsection_load()",
  witness: "new-configuration-subsection",
  remedies: ["compat-property", "capability"],
  isBroken: (observed) => observed.change.kind === "subsection" && isHarm(observed.outcome),
};
