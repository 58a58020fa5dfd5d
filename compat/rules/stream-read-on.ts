import { isHarm, type Rule } from "./rule.ts";

export const streamReadOn: Rule = {
  id: "STREAM_READ_ON",
  purpose: "Checks that a released peer reads on behind what is new.",
  promise: "BITSTREAM",
  level: "error",
  reference: "all receivers",
  witness: "longer-machine-name",
  remedies: ["capability", "compat-property"],
  isBroken: (observed) => isHarm(observed.outcome),
};
