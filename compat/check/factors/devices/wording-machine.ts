import type { CheckWordings } from "../../wording.ts";
import { andHeard, asSeen, atBeginning } from "../../words.ts";

/** Of memory and processors. */
export const MACHINE_WORDS: CheckWordings = {
  RAM_SIZES_AGREE: {
    message: ({ source, destination, mapped, ear }) =>
      mapped
        ? Number(source) < Number(destination)
          ? `The destination has more memory than the guest, ${destination} MiB to ${source}, and mapped-ram restores it without a word.`
          : `The source reports that it saved the guest, and a part of it may not come up: the source has ${source} MiB of memory, the destination ${destination} MiB. The restore ends at the first page beyond, or completes with that memory missing if nothing was there.`
        : `${atBeginning(ear)}the source has ${source} MiB of memory, the destination ${destination} MiB.`,
    remedy: ({ source }) =>
      `Start the destination with -m ${source}M. Memory that was plugged in later belongs into -device pc-dimm, not into -m.`,
    fix: ({ source }) => [{ end: "destination", memoryMiB: Number(source) }],
  },
  PROCESSORS_PRESENT: {
    message: ({ source, destination, ear }) =>
      `${asSeen(ear)}the source has ${processors(source)}, the destination ${destination}.`,
    remedy: ({ source, ear }) =>
      andHeard(`Start the destination with -smp ${source}, as many as the source has now.`, ear),
    fix: ({ source }) => [{ end: "destination", cpus: Number(source) }],
  },
  PROCESSOR_HOTPLUG_FITS: {
    message: ({ source, destination, state, ear }) => {
      const numbers = `the source has ${processors(source)}, the destination ${destination}`;
      if (state === "always")
        return `${asSeen(ear)}${numbers}, and the state of processor hotplug has one entry for each, which the destination reads wrong.`;
      return state === "unknown"
        ? `It is not known what comes of it: ${numbers}.`
        : `This only goes well while the guest has not switched to the modern interface for processor hotplug, as an operating system with ACPI does: ${numbers}. Afterwards the destination reads its state wrong and exits.`;
    },
    remedy: ({ source, ear }) =>
      andHeard(`Start the destination with -smp ${source}, and with the same maxcpus as the source.`, ear),
    fix: ({ source }) => [{ end: "destination", cpus: Number(source) }],
  },
};

function processors(count: unknown): string {
  return count === 1 ? "1 processor" : `${count} processors`;
}
