import { off } from "../../fixes.ts";
import type { CheckWordings } from "../../wording.ts";
import { togetherFix, withoutCapability } from "./capability-fixes.ts";

export const CAPABILITY_WORDINGS: CheckWordings = {
  CAPABILITY_KNOWN: {
    message: ({ where, capability, known }) =>
      `${where} has no capability ${capability}; ${known}. migrate-set-capabilities is refused, and with it all that the command sets.`,
    remedy: ({ capability, side }) =>
      `Leave ${capability} out of migrate-set-capabilities on the ${side}, even as off, and switch it off on the other side unless it counts there alone.`,
    fix: ({ capability }, _, pair) => withoutCapability(pair, String(capability)),
  },
  CAPABILITY_BOOLEAN: {
    message: ({ where, capability }) =>
      `The capability ${capability} of ${where} is set to something that is neither true nor false.`,
    remedy: ({ capability, side }) => `Set ${capability} to true or false on the ${side}, without quotes.`,
  },
  CAPABILITIES_TOGETHER: {
    message: ({ where, capability, conflict, missing, needsMore, effect }) => {
      const why = missing
        ? `without ${missing}`
        : conflict
          ? `together with ${conflict}`
          : `where ${needsMore}`;
      const then =
        effect === "refused"
          ? "migrate-set-capabilities is refused"
          : "it is switched off again, and the command succeeds";
      return `${where} does not take ${capability} ${why}: ${then}.`;
    },
    remedy: ({ capability, conflicts, missing, side }) => {
      if (missing)
        return `Set ${missing} on the ${side} too, in the same migrate-set-capabilities, and on the other side where that needs it, or leave ${capability} off on both.`;
      if (capability === "background-snapshot")
        return "Set background-snapshot to off to move the guest, or each of the others to save it: it goes with none of them.";
      if (conflicts) return `Set ${conflicts} to off on both sides, or ${capability}.`;
      return `Leave ${capability} off; with KVM and a dirty ring (-accel kvm,dirty-ring-size=4096) it is taken.`;
    },
    fix: (args, scenario) => togetherFix(args, scenario),
  },
  CAPABILITY_CURRENT: {
    message: ({ where, capability, until }) => {
      const gone = until ? ` QEMU ${until} does not have it any more.` : "";
      return `${where} calls the capability ${capability} deprecated.${gone}`;
    },
    remedy: ({ capability }) => {
      if (capability === "compress") return "Use multifd with multifd-compression on both sides.";
      if (capability === "block")
        return "Copy the disks with blockdev-mirror to an NBD server on the destination.";
      return `Leave ${capability} off.`;
    },
  },
  SETTING_SIDE: {
    message: ({ where, name, what, counts }) =>
      `The ${what} ${name} is set for ${where} only, where it does nothing: it counts on the ${counts}.`,
    remedy: ({ name, counts }) => `Set ${name} on the ${counts}, or take it out here.`,
  },
  BLOCK_MIGRATION_LOADED: {
    message: ({ where }) =>
      `The source sends its disks, or that there are none, in a section that ${where} does not know: block is gone since QEMU 9.1, and the destination ends.`,
    remedy: () =>
      "Switch block off on the source, and copy the disks with blockdev-mirror to an NBD server on the destination.",
    fix: (_, scenario) => off(scenario, "block"),
  },
};
