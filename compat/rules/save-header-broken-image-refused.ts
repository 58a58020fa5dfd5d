import type { Rule } from "./rule.ts";

export const saveHeaderBrokenImageRefused: Rule = {
  id: "SAVE_HEADER_BROKEN_IMAGE_REFUSED",
  purpose:
    "Checks that a released libvirt refuses an unfinished save image before it starts a guest from it.",
  promise: "STATE",
  level: "error",
  reference:
    "libvirt src/qemu/qemu_saveimage.c, qemuSaveImageOpen(); qemu_driver.c, qemudDomainRestore() in 2011",
  witness: "save-header-complete-word",
  remedies: ["distinct-magic"],
  isBroken: (observed) =>
    observed.change.kind === "save-header" &&
    observed.state === "unfinished" &&
    observed.outcome !== "refused" &&
    observed.outcome !== "unknown",
};
