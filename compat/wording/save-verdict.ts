import { bytes, differs, type Wordings } from "./phrases.ts";

/** Wording of findings about save images as a whole: what their parts say of each other. */
export const saveVerdict = {
  SAVE_CPUS_AGREE: [
    ({ expected, found }) =>
      `the stream holds the state of ${found} CPU${found === 1 ? "" : "s"}, the XML starts QEMU with ${expected}`,
    "QEMU refuses the state of a CPU that it does not have, and leaves one without state as it comes out of reset. Set <vcpu> as it was when the guest was saved.",
  ],
  SAVE_MACHINE_AGREES: [
    ({ expected, found, family }) =>
      `the XML starts a machine of type ${expected}, the stream is of a ${found}${family === 1 ? `: only where ${expected} stands for that are they the same` : ""}`,
    "QEMU refuses the stream (“Machine type received is …”). Put the machine type of the stream into the XML: migwire image set-xml.",
  ],
  SAVE_MEMORY_AGREES: [
    (args) => `the memory of the XML is not that of the stream, in bytes: ${differs(args)}`,
    "QEMU refuses RAM blocks of another size than its own (“Size mismatch”). Set <memory> as it was when the guest was saved.",
  ],
  SAVE_STREAM_BEHIND_PARTIAL: [
    ({ length }) =>
      `the stream of ${bytes(length)} behind the mark of an unfinished image is whole: QEMU finished, but the save was cancelled or libvirtd was killed before it could say so`,
    "Most likely the guest was resumed afterwards: restoring it now would replay old memory against disks that have changed, and corrupt them. Only if it never ran again since: migwire image mark FILE complete.",
  ],
  SAVE_STREAM_SURVIVES: [
    ({ pages, total, size, totalSize, complete, blocks, devices, whole, cut, damaged, missing }) =>
      [
        blocks === ""
          ? "nothing of the guest's memory survives"
          : `${pages} of ${total} pages of RAM survive (${size} of ${totalSize}; ${blocks})${complete ? ", which is all that was sent" : ""}`,
        devices === 0
          ? "no device state is whole"
          : `${devices} device state${devices === 1 ? " is" : "s are"} whole (${whole})`,
        ...(cut === "" ? [] : [`cut within ${cut}`]),
        ...(damaged === "" ? [] : [`damaged: ${damaged}`]),
        missing === "none"
          ? "the vmdescription is there, so nothing is missing behind the damage"
          : "how many devices are missing is not known: the list of all is in the vmdescription, which comes last",
      ].join("; "),
    "QEMU loads all of a stream or nothing. What survives can be looked into (migwire ram, migwire decode), not run.",
  ],
  SAVE_UUID_AGREES: [
    (args) => `the UUID of the XML is not that of the stream: ${differs(args)}`,
    "With x-validate-uuid QEMU refuses the stream. XML and stream may be of two guests: check that before anything else.",
  ],
  SAVE_XML_EMULATOR: [
    ({ found }) => `a restore runs ${found}`,
    "The file has to be there, and must be a QEMU that knows the machine type.",
  ],
} satisfies Wordings;
