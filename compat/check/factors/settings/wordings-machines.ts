import type { CheckWordings } from "../../wording.ts";
import { andHeard, asSeen, atBeginning } from "../../words.ts";
import { onCommonMachine } from "./common-machine.ts";

export const MACHINE_WORDINGS: CheckWordings = {
  MACHINE_KNOWN: {
    message: ({ where, machine, releases, stated }) => {
      const known = stated
        ? " It says itself which it has, and that is not among them."
        : releases
          ? ` It is in QEMU ${releases}.`
          : " No release of QEMU that is known has it.";
      return `${where} has no machine type ${machine}: the process ends before a guest exists.${known}`;
    },
    remedy: ({ machine, releases, elsewhere, version, side, common }) => {
      const both = common
        ? `${common}, the newest of its kind that both have`
        : "one that both list with -machine help";
      if (side === "source")
        return `Start the source, and then the destination, with the machine type ${both}.`;
      if (releases === "" || elsewhere === "") return `Start both sides with the machine type ${both}.`;
      return `Bring the destination to a QEMU that has ${machine} (${releases}). A running guest cannot change its machine type: to move to QEMU ${version}, shut it down and start it anew with ${both}.`;
    },
    fix: (_, scenario) => onCommonMachine(scenario),
  },
  MACHINE_VERSIONED: {
    message: ({ machine, older, ear, version }) =>
      older
        ? `${asSeen(ear)}${machine} has no version, so that nothing keeps it as QEMU ${version} on the destination knows it, which is older.`
        : `${machine} has no version, so that nothing keeps it alike from release to release. To newer ones it was seen to migrate, and not back again.`,
    remedy: ({ machine, older, ear }) =>
      older
        ? andHeard(
            `Migrate a guest with ${machine} to the same release or a newer one only; shut it down to move it to an older one.`,
            ear,
          )
        : `Plan for no way back with ${machine}: the guest has to be shut down for that.`,
  },
  MACHINE_OF_PC: {
    message: ({ where, machine }) =>
      `Whether ${where} has the machine type ${machine} is not known here: only those of qemu-system-x86_64 are.`,
    remedy: () =>
      "Ask both sides with query-machines, and give the answers as their inventories; then try with a guest that may be lost.",
  },
  MACHINE_SAME: {
    message: ({ sent, local, sourceAlias, destinationAlias, where, text, ear }) => {
      const alias = sourceAlias || destinationAlias;
      const told = alias
        ? ` ${alias} is only a name for the newest of a release, another on each side here.`
        : "";
      const then = text ? "the destination ends when it begins to load" : "what comes of it is not known";
      const types = text ? `${atBeginning(ear)}the source's` : "The source's";
      return `${types} machine type is ${sent}, that of ${where} is ${local}: ${then}.${told}`;
    },
    remedy: ({ sent, has, common }) =>
      has
        ? `Start the destination with -machine ${sent}, by its full name and not by an alias.`
        : `The destination does not have ${sent}, and a running guest cannot change its machine type. Use a destination that has it, or shut the guest down and start it with -machine ${common || "TYPE, one that both have"}.`,
    fix: ({ sent, has }, scenario) =>
      has ? [{ end: "destination", machine: String(sent) }] : onCommonMachine(scenario),
  },
  MACHINE_CURRENT: {
    message: ({ where, machine, upTo }) =>
      `${where} calls ${machine} deprecated, with all others up to ${upTo}: it works, and a later release will not have it.`,
    remedy: ({ machine }) =>
      `Plan a shutdown to start the guest with a newer machine type than ${machine} before the next upgrade.`,
  },
};
