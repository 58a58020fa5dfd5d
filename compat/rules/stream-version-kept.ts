import { isHarm, type Rule, stopsIn } from "./rule.ts";

export const streamVersionKept: Rule = {
  id: "STREAM_VERSION_KEPT",
  purpose: "Checks that the stream keeps the version that every release compares for equality.",
  promise: "BITSTREAM",
  level: "error",
  reference: "migration/savevm.c, qemu_loadvm_state()",
  witness: "newer-stream-version",
  remedies: ["compat-property", "capability"],
  isBroken: (observed) => isHarm(observed.outcome) && stopsIn(observed, "FileHeader.version"),
};
