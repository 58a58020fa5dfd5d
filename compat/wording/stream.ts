import { type Args, bytes, differs, type Wordings } from "./phrases.ts";

const deviceOf = ({ device, instance }: Args) =>
  instance === 0 ? `device ${device}` : `instance ${instance} of device ${device}`;

const DAMAGE =
  "The bytes before this offset are sound. Compare sizes and checksums with the source of the file.";

/** Wording of findings about the migration stream and its sections. */
export const stream = {
  COMMAND_KNOWN: [
    ({ command, length }) =>
      `command ${command} with ${bytes(length)} of payload is not known to any release`,
    "Every released destination refuses the stream here.",
  ],
  COMMAND_LENGTH_FIXED: [
    ({ command, expected, found }) =>
      `${command} carries ${bytes(found)} of payload where it always has ${expected}`,
    "Every released destination refuses the stream here.",
  ],
  CONFIGURATION_SUBSECTION_KNOWN: [({ idstr }) => `configuration subsection "${idstr}" is not known`],
  CONTAINER_SOUND: [
    ({ container, problem }) => `the ${container} container is damaged or cut off: ${problem}`,
  ],
  DATA_ENDS_WITH_STREAM: [
    ({ length }) => `${bytes(length)} stand behind the end of the stream`,
    "QEMU does not read them. They may be padding, or the rest of an older file.",
  ],
  DEVICE_DESCRIBED: [
    (args) => `the vmdescription does not know ${deviceOf(args)}, whose section stands here`,
    "The source describes every device it saves: the name or the instance was changed, or the section was put in. QEMU refuses a section of a device that it does not have (“Unknown savevm section or instance”).",
  ],
  DEVICE_FITS_VMDESC: [
    (args) => `the state of ${args.idstr} does not fit the vmdescription: ${differs(args)}`,
    "No destination reads the vmdescription; the state itself may be sound.",
  ],
  DEVICE_PRESENT: [
    (args) => `the vmdescription lists ${deviceOf(args)}, but the stream has no section of it`,
    "The section was removed, or has another name now. QEMU misses nothing: it leaves such a device as it is after a reset, and the guest finds it so.",
  ],
  DEVICE_VERSION_AGREES: [
    (args) =>
      `the section of ${args.device} says version ${args.found}, the vmdescription says ${args.expected}`,
    "The source writes one number in both places. QEMU goes by the section and refuses a version that it does not have (“unsupported version”, “incoming version_id is too old”): put the number of the vmdescription there.",
  ],
  FILE_MAGIC_KNOWN: [
    ({ found, looksLike, begins }) =>
      `this is no migration stream: it begins with ${found}${looksLike ? `, like ${looksLike}` : ""}` +
      (Number(begins) < 0 ? "" : `; one begins at ${begins}: read it with --offset ${begins}`),
  ],
  FILE_VERSION_SUPPORTED: [
    ({ found }) =>
      found === 2
        ? "stream version 2 is obsolete: releases before 0.10 wrote it, none since 2.5 reads it"
        : `stream version ${found} is not known`,
  ],
  PACKAGE_LENGTH_EXACT: [(args) => `a package is longer than what holds it: ${differs(args)} bytes`, DAMAGE],
  SECTION_ID_UNIQUE: [
    (args) => `section id ${args.id} is used twice: for ${args.expected} and ${args.found}`,
  ],
  STREAM_COMPLETE: [
    ({ need, have }) => `the input ends before the stream does: ${bytes(need)} needed, ${have} left`,
    "The file was cut off, or is still being written. QEMU would fail to load it.",
  ],
  STREAM_NOT_RESUMED: [
    ({ left }) =>
      `too much is missing here: nothing in the ${bytes(left)} that follow is certain enough to read on from`,
    "Capture whole packets (tcpdump -s 0) with a larger buffer (-B).",
  ],
  STREAM_RESUMED: [({ lost }) => `reading goes on here, after ${bytes(lost)} that could not be understood`],
  STREAM_WELL_FORMED: [
    (args) =>
      args.expected === undefined ? `${bytes(args.need)} needed, ${args.have} left here` : differs(args),
    DAMAGE,
  ],
  VMDESC_WELL_FORMED: [
    (args) => `the vmdescription is damaged: ${differs(args)}`,
    "No destination reads it; device sections are shown without their fields.",
  ],
} satisfies Wordings;
