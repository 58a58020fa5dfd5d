import { isHarm, type Rule, stopsIn } from "./rule.ts";

export const sectionVersionNotNewer: Rule = {
  id: "SECTION_VERSION_NOT_NEWER",
  purpose: "Checks that a section is not of a newer version than released destinations read.",
  promise: "BITSTREAM",
  level: "error",
  reference:
    "migration/savevm.c, qemu_loadvm_section_start_full(): version_id above that of the device is refused",
  witness: "newer-ram-section",
  remedies: ["compat-property", "capability"],
  isBroken: (observed) =>
    ["section", "header"].includes(observed.change.kind) &&
    isHarm(observed.outcome) &&
    stopsIn(observed, "SectionHeader.versionId"),
};
