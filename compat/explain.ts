import type { Finding, FindingRule } from "../codec/index.ts";

export interface Explanation {
  readonly message: string;
  readonly hint?: string;
}

type Args = Finding["args"];
type Wording = readonly [message: (args: Args) => string, hint?: string];

const bytes = (count: unknown) => `${count} byte${count === 1 ? "" : "s"}`;
const differs = (args: Args) => `expected ${args.expected}, found ${args.found}`;

const DAMAGE =
  "The bytes before this offset are sound. Compare sizes and checksums with the source of the file.";

/** All wording of findings: what happened, and what to do about it. */
const WORDING: Readonly<Record<FindingRule, Wording>> = {
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
  COMPRESSED_PAGE_INFLATES: [
    ({ block, page }) => `the compressed page at ${page} of ${block} does not inflate to one page`,
    "A destination with decompress-error-check (machine types since 3.0) fails here.",
  ],
  CONFIGURATION_SUBSECTION_KNOWN: [({ idstr }) => `configuration subsection "${idstr}" is not known`],
  CONTAINER_SOUND: [
    ({ container, problem }) => `the ${container} container is damaged or cut off: ${problem}`,
  ],
  DATA_ENDS_WITH_STREAM: [
    ({ length }) => `${bytes(length)} stand behind the end of the stream`,
    "QEMU does not read them. They may be padding, or the rest of an older file.",
  ],
  DEVICE_FITS_VMDESC: [
    (args) => `the state of ${args.idstr} does not fit the vmdescription: ${differs(args)}`,
    "No destination reads the vmdescription; the state itself may be sound.",
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
  MAPPED_RAM_BITMAP_KEPT: [
    ({ block, length }) =>
      `the page bitmap of ${block} has ${bytes(length)}, too many to keep: its pages are counted, not read`,
  ],
  MAPPED_RAM_HEADER_SOUND: [
    (args) => `a mapped-ram header does not fit its place: ${differs(args)}`,
    "The offsets in it count from the start of the file; the stream may have been cut out of another one.",
  ],
  PACKAGE_LENGTH_EXACT: [(args) => `a package is longer than what holds it: ${differs(args)} bytes`, DAMAGE],
  RAM_BLOCK_KNOWN: [
    ({ block }) => `a page record names RAM block "${block}", which the block list does not have`,
  ],
  RAM_BLOCK_LIST_UNAMBIGUOUS: [
    ({ chosen, readings }) =>
      `the block list can be read in more than one way (${readings}); read as ${chosen}`,
    "The capabilities that decide are not in the stream. Addresses and page sizes of blocks are not certain.",
  ],
  RAM_BLOCK_REBUILT: [
    ({ block, length, why }) => `RAM block "${block}" of ${bytes(length)} was not rebuilt: ${why}`,
    "Is the length true? If so, choose another file system with TMPDIR or --out, or name the block with --block.",
  ],
  RAM_BLOCK_UNIQUE: [({ block }) => `RAM block "${block}" is listed twice`],
  RAM_OFFSET_IN_BLOCK: [
    ({ block, expected, found }) => `a page at offset ${found} of ${block}, which has ${bytes(expected)}`,
    "Every released destination fails here with “Illegal RAM offset”.",
  ],
  RAM_PAGE_SIZE_ANNOUNCED: [
    ({ expected, found }) =>
      expected === undefined
        ? `target pages are taken as ${bytes(found)}: the stream does not say, its records do`
        : `the vmdescription gives a target page size of ${expected}, the pages were read as ${found}`,
  ],
  RAM_PAGES_IN_STREAM: [
    () => "pages are missing that seem to have travelled on multifd channels; they read as zero here",
  ],
  RAM_VERSION_SUPPORTED: [
    (args) => `the ram section has version ${args.found}; it is read as ${args.expected}`,
  ],
  SECTION_ID_UNIQUE: [
    (args) => `section id ${args.id} is used twice: for ${args.expected} and ${args.found}`,
  ],
  STREAM_COMPLETE: [
    ({ need, have }) => `the input ends before the stream does: ${bytes(need)} needed, ${have} left`,
    "The file was cut off, or is still being written. QEMU would fail to load it.",
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
  XBZRLE_PAGE_DECODES: [({ block, page }) => `the XBZRLE page at ${page} of ${block} does not decode`],
  ZERO_PAGE_FILL_ZERO: [
    ({ block, found }) => `a zero page of ${block} is filled with ${found}`,
    "Destinations since 8.2 refuse it; older ones fill the page.",
  ],
};

export function explain(finding: Finding): Explanation {
  const [message, hint] = WORDING[finding.rule];
  const where = finding.subject === "" ? "" : `${finding.subject}: `;
  return { message: where + message(finding.args), ...(hint === undefined ? {} : { hint }) };
}
