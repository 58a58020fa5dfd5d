import { bytes, differs, type Wordings } from "./phrases.ts";

const pagesOf = (count: unknown) => (count === 1 ? "1 page was" : `${count} pages were`);

/** Wording of findings about guest memory. */
export const ram = {
  COMPRESSED_PAGE_INFLATES: [
    ({ block, page }) => `the compressed page at ${page} of ${block} does not inflate to one page`,
    "A destination with decompress-error-check (machine types since 3.0) fails here.",
  ],
  MAPPED_RAM_BITMAP_KEPT: [
    ({ block, length }) =>
      `the page bitmap of ${block} has ${bytes(length)}, too many to keep: its pages are counted, not read`,
  ],
  MAPPED_RAM_HEADER_SOUND: [
    (args) => `a mapped-ram header does not fit its place: ${differs(args)}`,
    "The offsets in it count from the start of the file, and QEMU goes by them. The stream may have been cut out of another file: put it back to where it stood.",
  ],
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
  RAM_PAGES_CAPTURED: [
    ({ lost, never }) =>
      never === undefined
        ? "there is no block list in this input: the memory of the guest cannot be rebuilt"
        : `this is not the memory of the guest: ${pagesOf(never)} never seen${Number(lost) > 0 ? `, ${bytes(lost)} missing` : ""}`,
    "Pages that were not seen read as zero. Capture from before the migration begins, whole packets and both directions.",
  ],
  RAM_PAGES_IN_STREAM: [
    () => "pages are missing that seem to have travelled on multifd channels; they read as zero here",
  ],
  RAM_PAGES_SENT: [
    ({ pages, total, blocks }) =>
      `the stream is at its end, but ${pages} of ${total} pages of RAM never came (${blocks})`,
    "A guest that is saved stands still, and each of its pages is sent, zeros included: these would read as zero after a restore. Look for a record that was lost or moved: migwire decode.",
  ],
  RAM_SECTION_PRESENT: [
    ({ found }) => `the stream has no section of RAM${found ? `: ${found} stands in its place` : ""}`,
    "QEMU refuses a section that it does not know, and without the guest's memory there is nothing to run.",
  ],
  RAM_VERSION_SUPPORTED: [
    (args) => `the ram section has version ${args.found}; it is read as ${args.expected}`,
  ],
  XBZRLE_PAGE_DECODES: [({ block, page }) => `the XBZRLE page at ${page} of ${block} does not decode`],
  ZERO_PAGE_FILL_ZERO: [
    ({ block, found }) => `a zero page of ${block} is filled with ${found}`,
    "Destinations since 8.2 refuse it; older ones fill the page.",
  ],
} satisfies Wordings;
