import type { Fact } from "../../fact.ts";

/** A field of the header of a RAM block's, in the network's byte order. */
export interface MappedField {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

/** The header of a block in a mapped-ram file. */
export const MAPPED_HEADER: readonly Fact<{ readonly version: number; readonly length: number }>[] = [
  {
    id: "qemu/mapped-ram/header",
    claim: "The entry of a block is followed by a header of 28 bytes, whose version is 1.",
    value: { version: 1, length: 28 },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0 to 11.1.0-rc2: migration/ram.c, MappedRamHeader" }],
  },
];

/** What is in the header. */
export const MAPPED_FIELDS: readonly Fact<MappedField>[] = [
  {
    id: "qemu/mapped-ram/field/version",
    claim: "The header begins with its version.",
    value: { name: "version", offset: 0, length: 4 },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0: migration/ram.c, MappedRamHeader" }],
  },
  {
    id: "qemu/mapped-ram/field/page-size",
    claim: "The size of a page follows the version.",
    value: { name: "page_size", offset: 4, length: 8 },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0: migration/ram.c, MappedRamHeader" }],
  },
  {
    id: "qemu/mapped-ram/field/bitmap-offset",
    claim: "The header says where the block's bitmap is.",
    value: { name: "bitmap_offset", offset: 12, length: 8 },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0: migration/ram.c, MappedRamHeader" }],
  },
  {
    id: "qemu/mapped-ram/field/pages-offset",
    claim: "The header says where the block's pages are.",
    value: { name: "pages_offset", offset: 20, length: 8 },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0: migration/ram.c, MappedRamHeader" }],
  },
];

/** What the offsets of the header count from. */
export const MAPPED_OFFSETS: readonly Fact<"file">[] = [
  {
    id: "qemu/mapped-ram/offsets",
    claim: "Offsets count from the beginning of the file, also where the stream begins behind it.",
    value: "file",
    since: "9.0",
    evidence: [
      { kind: "source", where: "9.0.0: migration/ram.c, mapped_ram_setup_ramblock(), qemu_get_offset()" },
      {
        kind: "run",
        of: "10.0.13, 11.1.3: offset 4096 moves the bitmap from 0x8b to 0x108b, pages stay at 0x100000",
      },
    ],
  },
];

/** Where pages begin when they are written. */
export const MAPPED_PAGES_AT: readonly Fact<number>[] = [
  {
    id: "qemu/mapped-ram/pages-at",
    claim:
      "The pages of a block are written from the next multiple of 1 MiB in the file on; its bitmap is not aligned.",
    value: 0x100000,
    since: "9.0",
    evidence: [
      { kind: "source", where: "9.0.0 to 11.1.0-rc2: migration/ram.c, MAPPED_RAM_FILE_OFFSET_ALIGNMENT" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** Where the next block's entry is. */
export const MAPPED_NEXT_BLOCK: readonly Fact<"behind-pages">[] = [
  {
    id: "qemu/mapped-ram/next-block",
    claim: "The stream goes on behind the room for all of the block's pages.",
    value: "behind-pages",
    since: "9.0",
    evidence: [
      { kind: "source", where: "9.0.0 to 11.1.0-rc2: migration/ram.c, mapped_ram_setup_ramblock()" },
    ],
  },
];

/** The bits of a block's bitmap. */
export const MAPPED_BITS: readonly Fact<"words-of-the-host">[] = [
  {
    id: "qemu/mapped-ram/bits",
    claim: "A bitmap is in words of the host that wrote it, a set bit for each page that the file has.",
    value: "words-of-the-host",
    since: "9.0",
    evidence: [
      { kind: "source", where: "9.0.0: migration/ram.c, ram_save_file_bmap()" },
      { kind: "run", of: "10.0.13, 11.1.3: the lowest bit first, on x86" },
    ],
  },
];

/** Pages that the file does not have. */
export const MAPPED_HOLES: readonly Fact<"left" | "zeroed-by-loadvm">[] = [
  {
    id: "qemu/mapped-ram/holes/left",
    claim: "Pages that the file does not have are left as they are.",
    value: "left",
    since: "9.0",
    until: "10.2",
    evidence: [{ kind: "source", where: "9.0.0, 10.1.0: migration/ram.c, read_ramblock_mapped_ram()" }],
  },
  {
    id: "qemu/mapped-ram/holes/zeroed",
    claim: "loadvm fills pages that the file does not have with zeroes; an incoming migration leaves them.",
    value: "zeroed-by-loadvm",
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "0ecd28582477", release: "10.2" },
      { kind: "source", where: "10.2.0: migration/ram.c, handle_zero_mapped_ram()" },
    ],
  },
];

/** With multifd too there is one file. */
export const MAPPED_MULTIFD: readonly Fact<"no-packets">[] = [
  {
    id: "qemu/mapped-ram/multifd",
    claim: "With multifd channels write pages to their places in the file, without packets.",
    value: "no-packets",
    since: "9.0",
    evidence: [
      { kind: "source", where: "9.0.0: migration/multifd.c, multifd_use_packets()" },
      { kind: "run", of: "captures of 10.0.13, 11.1.3: mapped-ram-multifd" },
    ],
  },
];
