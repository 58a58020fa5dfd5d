import { movedText } from "../../moved-text.ts";

/** The text for a machine with a device that cannot migrate, at the beginning of a load as of a save. */
export const STATE_BLOCKED = movedText({
  id: "qemu/stream/blocked",
  claim:
    "No state is loaded into a machine with a device marked as one that cannot migrate, nor saved of it: migrate answers so.",
  template: "State blocked by non-migratable device '%s'",
  since: "2.5",
  movedIn: "10.2",
  commit: "9535435795",
  where: "2.5.0 to 10.1.0: migration/savevm.c, qemu_savevm_state_blocked(), qemu_loadvm_state()",
  run: "5.2.0, 7.2.22, 10.0.13: nvme of 11.1.3; these and 11.1.3: migrate with such a device, refused",
});
