import type { CheckWordings } from "../check/wording.ts";

const CHECK_USE = "Whether a guest is concerned tells --only-devices-of with a stream of it.";
const RELEASE =
  "Start guests that have the device with a machine type whose state both releases share, or migrate them to another release.";

/** What a comparison of dumps, or the reading of one, finds, for people. */
export const VMSTATE_WORDINGS: CheckWordings = {
  DUMP_WELL_FORMED: {
    message: ({ problem }) => `This is not as QEMU's -dump-vmstate writes it: ${problem}.`,
    remedy: () => "Make the dump again: qemu-system-x86_64 -machine TYPE -dump-vmstate FILE.",
  },
  DUMP_NAME_UNIQUE: {
    message: () => "A name stands twice in one object; the last one counts.",
    remedy: () => undefined,
  },
  DUMP_MACHINE_SAME: {
    message: ({ from, to }) => `The dumps are of different machine types, ${from} and ${to}.`,
    remedy: () => "Guests migrate only between equal machine types: make both dumps with the guest's.",
  },
  DEVICE_KNOWN: {
    message: () => "The destination's dump has no device with such state.",
    remedy: () =>
      "A guest that has this device cannot migrate there; take it out before. Dumps leave out modules that are not loaded, and those of old releases leave out ide, ps2kbd and ps2mouse.",
  },
  DEVICE_MIGRATABLE: {
    message: () => "The destination has the device, and marks it as one that cannot migrate.",
    remedy: () => "Take the device out of the guest before it migrates.",
  },
  STATE_NAME_KEPT: {
    message: ({ from, to }) => `The state is sent as ${from}, and the destination's device reads only ${to}.`,
    remedy: () => RELEASE,
  },
  STATE_VERSION_NOT_NEWER: {
    message: ({ sent, read }) =>
      `State of version ${sent} is sent, and the destination reads none above ${read}.`,
    remedy: () => RELEASE,
  },
  STATE_VERSION_NOT_TOO_OLD: {
    message: ({ sent, oldest }) =>
      `State of version ${sent} is sent, and the destination reads none below ${oldest}.`,
    remedy: () => RELEASE,
  },
  SUBSECTION_KNOWN: {
    message: ({ subsection }) =>
      `The destination does not know the subsection ${subsection}; it refuses it where it is sent.`,
    remedy: () => CHECK_USE,
  },
  FIELD_SIZE_KEPT: {
    message: ({ sentBytes, readBytes }) =>
      `The field is sent with ${sentBytes} bytes and read with ${readBytes}.`,
    remedy: () => RELEASE,
  },
  FIELDS_KEPT: {
    message: ({ sent, read, sentBytes, readBytes }) =>
      `Sent is ${sent} (bytes: ${sentBytes}), read is ${read} (bytes: ${readBytes}): all that follows is read in the wrong place.`,
    remedy: () => RELEASE,
  },
  CONDITIONAL_FIELDS_AGREE: {
    message: ({ sent, read }) =>
      `Sent may be ${sent}, read ${read}. Conditions that a dump does not tell decide which of them are on the wire.`,
    remedy: () => CHECK_USE,
  },
  FIELDS_REGROUPED: {
    message: ({ sent, read, readBytes }) =>
      `What is sent as ${sent} is read as ${read}; as far as is known, it is the same bytes (${readBytes}).`,
    remedy: () => undefined,
  },
};
