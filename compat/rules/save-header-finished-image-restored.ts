import { isHarm, type Rule } from "./rule.ts";

export const saveHeaderFinishedImageRestored: Rule = {
  id: "SAVE_HEADER_FINISHED_IMAGE_RESTORED",
  purpose: "Checks that a released libvirt restores a finished save image of the new kind.",
  promise: "ROUNDTRIP",
  level: "error",
  reference: "libvirt src/qemu/qemu_saveimage.c, qemuSaveImageOpen()",
  witness: "save-header-complete-word",
  remedies: ["reserved-space"],
  isBroken: (observed) =>
    observed.change.kind === "save-header" && observed.state === "finished" && isHarm(observed.outcome),
};
