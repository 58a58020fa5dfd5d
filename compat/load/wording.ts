import type { CheckWordings } from "../check/wording.ts";
import { DEVICE_WORDINGS } from "./wording-devices.ts";

const WITH_DUMP =
  "Run the destination's QEMU with the guest's machine type and -dump-vmstate FILE, and give the file with --vmstate.";

/** What loading a stream can meet, for people. */
export const LOAD_WORDINGS: CheckWordings = {
  ...DEVICE_WORDINGS,
  MACHINE_KNOWN: {
    message: ({ machine, qemu, sure }) =>
      sure
        ? `The stream is of machine type ${machine}, which ${qemu} does not have.`
        : `The stream is of machine type ${machine}; whether ${qemu} has it is not known here.`,
    remedy: () =>
      "Start the destination with the machine type of the stream: give the guest one that both releases have, and start it anew before it migrates. See it with -machine help there.",
  },
  MACHINE_TOLD: {
    message: () => "The stream does not tell its machine type: those before 2.4 do not.",
    remedy: () => "Start the destination with the machine type that the guest had.",
  },
  CONFIGURATION_TAKEN: {
    message: ({ qemu }) =>
      `${qemu} refuses how the stream begins: its configuration section, or its list of memory.`,
    remedy: () => "Start the destination like the source, with the same capabilities and memory.",
  },
  MEMORY_SIZE_SAME: {
    message: ({ sent, own, qemu }) =>
      `The guest has ${sent} MiB of main memory, and ${qemu} would be started with ${own} MiB.`,
    remedy: ({ sent }) => `Start the destination with -m ${sent}.`,
  },
  STREAM_SOUND: {
    message: ({ qemu }) =>
      `The stream is damaged, cut off, or has records that ${qemu} does not take, beside the state of devices.`,
    remedy: () =>
      "See what is wrong with `migwire verify`, and where this release stops with `migwire replay --as`.",
  },
  SECTIONS_LISTED: {
    message: ({ count }) => `${count} more sections were not judged: no guest has as many.`,
    remedy: () => undefined,
  },
  SECTIONS_PRESENT: {
    message: () => "No section of the stream was read, so there is nothing to judge.",
    remedy: () => "Look at it with `migwire verify`.",
  },
  DUMP_MACHINE_SAME: {
    message: ({ dump, machine }) =>
      `The dump was made with machine type ${dump}, and the stream is of ${machine}. A dump lists every device that the binary knows, whatever the machine type, so that fields and versions count all the same; which conditional fields are sent follows from the machine type, and a dump never tells it.`,
    remedy: ({ machine }) => `For a closer look make the dump with -machine ${machine}.`,
  },
  FIELDS_COMPARED: {
    message: ({ name, qemu, dump }) =>
      dump
        ? `The dump does not have the state of ${name}. ${qemu} is known to have it by its name and version, perhaps in a module that was not loaded; its fields were not compared.`
        : `What fields ${qemu} reads of ${name} is not known here; only name and version were compared.`,
    remedy: () => WITH_DUMP,
  },
  STATE_DESCRIBED: {
    message: ({ name }) =>
      `The stream does not describe the state of ${name}, so that its fields could not be compared.`,
    remedy: () => undefined,
  },
};
