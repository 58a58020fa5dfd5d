import { bytes, type Wordings } from "./phrases.ts";

/** Wording of findings about multifd channels. */
export const multifd = {
  MULTIFD_BLOCK_KNOWN: [
    ({ block }) => `pages of RAM block "${block}", which the main channel does not list`,
    "Every released destination fails here with “multifd: unknown ram block”.",
  ],
  MULTIFD_COMPRESSION_CONSTANT: [
    ({ expected, found }) => `compression changes from ${expected} to ${found} within the channel`,
    "Every destination since 5.0 fails here: it takes the method it was set to, and no other.",
  ],
  MULTIFD_COUNTS_SOUND: [
    ({ expected, found }) => `the packet counts ${found} pages where it has room for ${expected}`,
    "A destination refuses the packet.",
  ],
  MULTIFD_DEVICE_STATE_SOUND: [
    ({ problem }) => `a destination refuses this packet of device state: ${problem}`,
  ],
  MULTIFD_FLAGS_KNOWN: [
    ({ found }) => `the packet's flags ${found} have a meaning in no release`,
    "The source may be newer than migwire knows, or patched. An unknown compression method is refused.",
  ],
  MULTIFD_FLUSH_EXPECTED: [
    ({ found }) =>
      `${found} MULTIFD_FLUSH record${found === 1 ? "" : "s"} in an image, which has no multifd channels`,
    "Damage can look like one. QEMU before 8.1 refuses it (“Unknown combination of migration flags: 0x200”), later ones take it for nothing.",
  ],
  MULTIFD_ID_IN_RANGE: [
    ({ expected, found }) => `the channel has id ${found} where the migration has ${expected}`,
    "Is multifd-channels alike on both sides? Releases before 11.1 let an id equal to the number of channels pass by mistake.",
  ],
  MULTIFD_ID_UNIQUE: [
    ({ id }) => `channel id ${id} is used by two connections`,
    "A destination refuses the second one.",
  ],
  MULTIFD_INIT_PRESENT: [
    ({ found }) => `the channel does not begin with a multifd init packet: found ${found}`,
    "The capture may have been started late. Otherwise every destination refuses the connection.",
  ],
  MULTIFD_OFFSET_IN_BLOCK: [
    ({ block, expected, found }) => `page offsets of ${block} must be ${expected}, found ${found}`,
    "A destination fails with “multifd: offset too long” if they are beyond the block.",
  ],
  MULTIFD_PAYLOADS_VERIFIED: [
    ({ compression, why }) => `from here on ${compression} payloads are counted, but not inflated: ${why}`,
    "The pages in them are not checked, and not part of the RAM that is rebuilt.",
  ],
  MULTIFD_PAYLOAD_EXACT: [
    ({ compression, expected, problem }) =>
      `the ${compression} payload does not hold the ${bytes(expected)} of its pages: ${problem}`,
    "Too little fails at once on every destination; too much may pass until a later packet.",
  ],
  MULTIFD_PAYLOAD_LENGTH: [
    ({ expected, found }) =>
      `the packet announces a payload of ${bytes(found)}, its pages have ${bytes(expected)}`,
    "Destinations go by the pages. What follows shows which of the two is right.",
  ],
  MULTIFD_RESERVED_ZERO: [
    () => "reserved bytes are not zero",
    "Harmless: no release reads them. QEMU 4.0 to 4.2 leave such bytes in the init packet.",
  ],
  MULTIFD_RESUMED: [
    ({ lost }) => `reading goes on here, after ${bytes(lost)} that are damaged or missing`,
    "Packets among them are not counted.",
  ],
  MULTIFD_UUID_AGREES: [
    ({ expected, found }) => `the channel is of a guest with UUID ${found}, the others of ${expected}`,
    "A destination refuses a channel whose UUID is not its own. Two migrations may share a port.",
  ],
  MULTIFD_VERSION_SUPPORTED: [
    ({ found }) => `multifd version ${found} is not known to any release; read as version 1`,
    "Every released destination refuses it.",
  ],
} satisfies Wordings;
