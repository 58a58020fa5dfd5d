import type { CheckWordings } from "../check/wording.ts";

const SAME_SETUP =
  "If the destination can have the device, add it there in the same place; otherwise take the device out of the guest before it migrates.";
const RELEASE =
  "Migrate to a release that reads it, or start the guest anew with a machine type that both have, so that the source leaves out what is new.";

/** What loading the state of a device can meet. */
export const DEVICE_WORDINGS: CheckWordings = {
  SECTION_KNOWN: {
    message: ({ name, qemu }) => `No device of ${qemu} has state of the name ${name}.`,
    remedy: () => SAME_SETUP,
  },
  SECTION_VERSION_READ: {
    message: ({ name, version, newest, oldest, qemu }) =>
      `The state of ${name} is sent in version ${version}, and ${qemu} reads ${range(oldest, newest)}.`,
    remedy: () => RELEASE,
  },
  DEVICE_MIGRATES: {
    message: ({ name, qemu }) => `${qemu} marks the device of ${name} as one that cannot migrate.`,
    remedy: () => "Take the device out of the guest before it migrates.",
  },
  FIELDS_READ: {
    message: ({ name, where, sent, sentBytes, read, readBytes, qemu, sure }) => {
      const both = `The state of ${name} has ${sent} (${bytes(sentBytes)}) where ${qemu} reads ${read} (${bytes(readBytes)}): ${where}.`;
      return sure
        ? `${both} All that follows is read in the wrong place, until the section's footer is not found.`
        : `${both} Conditions that are not known here decide whether the two are the same bytes after all.`;
    },
    remedy: () => RELEASE,
  },
  SUBSECTION_READ: {
    message: ({ subsection, name, qemu }) =>
      `The state of ${name} has the subsection ${subsection}, which ${qemu} does not know.`,
    remedy: () => RELEASE,
  },
  SUBSECTION_VERSION_READ: {
    message: ({ name, where, sent, oldest, read, qemu }) =>
      `A subsection of ${name} is sent in version ${sent}, and ${qemu} reads ${range(oldest, read)}: ${where}.`,
    remedy: () => RELEASE,
  },
  QUEUE_SIZE_FITS: {
    message: ({ name, queue, size, most, qemu }) =>
      `Virtqueue ${queue} of ${name} is sent with ${size} entries; the device of ${qemu} is made with ${most}, and more are refused.`,
    remedy: ({ property, size }) =>
      property === ""
        ? "Let the guest's driver take the device before the migration, or take the device out: a release between the two that does not compare sizes, such as an older destination, loads it."
        : `Where the guest was started with ${property}=${size}, start the destination with the same. Otherwise let the guest's driver take the device before the migration, or take it out.`,
  },
  ERRATUM_MET: {
    message: ({ name, qemu, claim }) =>
      `${qemu} is of a release with a known mistake that concerns ${name}: ${claim} It loads only what was sent by a release with the same mistake.`,
    remedy: ({ workaround }) =>
      workaround === ""
        ? "Migrate to a release in which it is mended."
        : `Migrate to a release in which it is mended. Otherwise: ${workaround}`,
  },
  FEATURES_OFFERED: {
    message: ({ name, features, qemu }) =>
      `The guest's driver of ${name} took the features ${features} (the lower 32 bits); the device of ${qemu} has to offer all of them, which depends on its properties and its backend.`,
    remedy: () =>
      "Start the destination's device with the same properties, on a host whose backend can do as much.",
  },
  QUEUES_READ: {
    message: ({ name, why, qemu }) =>
      why === "unread"
        ? `The virtqueues of ${name} could not be read from its state; ${qemu} compares their sizes.`
        : `How large the virtqueues of ${name} are made is not known here; ${qemu} compares their sizes.`,
    remedy: () => "Start the destination's device with the same properties as the source's.",
  },
};

function range(
  oldest: string | number | boolean | undefined,
  newest: string | number | boolean | undefined,
): string {
  return oldest === newest ? `version ${newest} alone` : `versions ${oldest} to ${newest}`;
}

function bytes(count: string | number | boolean | undefined): string {
  return count === "1" ? "1 byte" : `${count} bytes`;
}
