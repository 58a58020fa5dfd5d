import { type Infer, size64, struct, text, u8, u16, u32, u64 } from "../../layout/index.ts";

const RAM = "QEMU migration/ram.c";

/** Low bits of a RAM record's first word. Those below the target page size are free for flags. */
export const RamFlag = {
  0x001: { name: "FULL", doc: "Obsolete, never written.", until: "9.2" },
  0x002: { name: "ZERO", doc: "A page filled with one byte (called COMPRESS before 2.10)." },
  0x004: { name: "MEM_SIZE", doc: "Total RAM size; the block list follows." },
  0x008: { name: "PAGE", doc: "A page as it is." },
  0x010: { name: "EOS", doc: "End of this section's records." },
  0x020: { name: "CONTINUE", doc: "Same block as the record before; no name follows." },
  0x040: { name: "XBZRLE", doc: "Differences to the page sent before." },
  0x080: { name: "HOOK", doc: "RDMA control, no data." },
  0x100: { name: "COMPRESS_PAGE", doc: "A page as a zlib stream.", since: "2.4", until: "9.0" },
  0x200: { name: "MULTIFD_FLUSH", doc: "The multifd channels were synchronised here.", since: "8.1" },
} as const;

export const ZERO = 0x002;
export const MEM_SIZE = 0x004;
export const PAGE = 0x008;
export const EOS = 0x010;
export const CONTINUE = 0x020;
export const XBZRLE = 0x040;
export const HOOK = 0x080;
export const COMPRESS_PAGE = 0x100;
export const MULTIFD_FLUSH = 0x200;
export const KNOWN_FLAGS = 0x3ff;

/** Flags of records that carry page content and so name a block. */
export const PAGE_KINDS = ZERO | PAGE | XBZRLE | COMPRESS_PAGE;

export const RamRecord = struct({
  name: "RamRecord",
  endian: "be",
  doc: "Every record of the ram section begins with this word: an offset within the block, or a size, ORed with flags.",
  source: `${RAM}, save_page_header(), 2.5 to 11.1`,
  fields: {
    word: u64("Offset or size, page aligned, with flags in the low bits.", { low: RamFlag, format: "hex" }),
  },
});

export const RamBlockName = struct({
  name: "RamBlockName",
  endian: "be",
  doc: "Names the block of a page record that does not have CONTINUE.",
  source: `${RAM}, save_page_header(), 2.5 to 11.1`,
  fields: {
    nameLength: u8("Bytes of idstr."),
    idstr: text("RAM block.", { length: { field: "nameLength" } }),
  },
});

export const ZeroPage = struct({
  name: "ZeroPage",
  endian: "be",
  doc: "Data of a ZERO record. Readers since 8.2 refuse a byte that is not zero.",
  source: `${RAM}, save_zero_page(), 2.5 to 11.1`,
  fields: { fill: u8("Byte that fills the page.", { format: "hex" }) },
});

export const XbzrlePage = struct({
  name: "XbzrlePage",
  endian: "be",
  doc: "Data of an XBZRLE record, before the encoded bytes.",
  source: `${RAM}, save_xbzrle_page(), 2.5 to 11.1`,
  fields: {
    encoding: u8("ENCODING_FLAG_XBZRLE.", { equals: 1 }),
    length: u16("Bytes of encoded differences that follow."),
  },
});

export const CompressedPage = struct({
  name: "CompressedPage",
  endian: "be",
  doc: "Data of a COMPRESS_PAGE record, before the zlib stream.",
  source: "QEMU migration/ram.c, do_compress_ram_page(), 2.5 to 8.0; migration/ram-compress.c up to 9.0",
  fields: { length: u32("Bytes of zlib stream that follow.") },
});

export const RamBlockEntry = struct({
  name: "RamBlockEntry",
  endian: "be",
  doc: "One entry of the block list. The list ends when the lengths add up to the announced total.",
  source: `${RAM}, ram_save_setup(), 2.5 to 11.1`,
  context: {
    postcopyPageSize: "postcopy-ram is on and the block's pages are not of the host's page size",
    ignoreShared: "x-ignore-shared is on",
    ignoreSharedFlag: "x-ignore-shared is on and the source is 4.0",
  },
  fields: {
    nameLength: u8("Bytes of idstr."),
    idstr: text("RAM block.", { length: { field: "nameLength" } }),
    usedLength: size64("Bytes of the block in use.", { unit: "bytes", format: "hex" }),
    pageSize: size64("Page size of the block's backing.", {
      unit: "bytes",
      when: { context: "postcopyPageSize" },
      since: "2.9",
    }),
    address: u64("Guest physical address of the block.", {
      when: { context: "ignoreShared" },
      format: "hex",
      since: "4.0",
    }),
    ignoredFlag: u8("1 if the block is shared and its pages are not sent.", {
      when: { context: "ignoreSharedFlag" },
      since: "4.0",
      until: "4.0",
    }),
  },
});
export type RamBlockEntry = Infer<typeof RamBlockEntry>;

export const MappedRamHeader = struct({
  name: "MappedRamHeader",
  endian: "be",
  doc: "Follows each block entry when mapped-ram is on. Offsets count from the start of the file, not of the stream.",
  source: `${RAM}, struct MappedRamHeader, 9.0 to 11.1`,
  fields: {
    version: u32("Always 1."),
    pageSize: size64("Bytes of RAM that one bit of the bitmap stands for.", { unit: "bytes" }),
    bitmapOffset: size64("Where the bitmap of the pages present is.", { format: "hex" }),
    pagesOffset: size64("Where page 0 is; absent pages are holes.", { format: "hex" }),
  },
});
export type MappedRamHeader = Infer<typeof MappedRamHeader>;
