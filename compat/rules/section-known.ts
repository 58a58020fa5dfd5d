import { isHarm, type Rule, stopsIn } from "./rule.ts";

export const sectionKnown: Rule = {
  id: "SECTION_KNOWN",
  purpose: "Checks that a destination has what every section is for.",
  promise: "BITSTREAM",
  level: "error",
  reference:
    "migration/savevm.c, qemu_loadvm_section_start_full(): a section is looked up by idstr and instance",
  witness: "new-section",
  remedies: ["compat-property", "capability"],
  isBroken: (observed) =>
    observed.change.kind === "section" &&
    isHarm(observed.outcome) &&
    !stopsIn(observed, "SectionHeader.versionId"),
};
