import { flags8, struct, text, u8, u32, u64 } from "../../layout/index.ts";

const BITMAP = "QEMU migration/block-dirty-bitmap.c";

/** DIRTY_BITMAP_MIG_FLAG_*: what a chunk of the dirty-bitmap section holds. */
export const DirtyBitmapFlag = {
  0x01: { name: "EOS", doc: "The last chunk of this section.", since: "2.12" },
  0x02: { name: "ZEROES", doc: "With BITS: all bits are clear; no buffer follows.", since: "2.12" },
  0x04: {
    name: "BITMAP_NAME",
    doc: "The name of the bitmap follows; otherwise it is that of the chunk before.",
    since: "2.12",
  },
  0x08: {
    name: "DEVICE_NAME",
    doc: "The name of the node follows; otherwise it is that of the chunk before.",
    since: "2.12",
  },
  0x10: { name: "START", doc: "The bitmap begins.", since: "2.12" },
  0x20: { name: "COMPLETE", doc: "The bitmap is complete.", since: "2.12" },
  0x40: { name: "BITS", doc: "A part of the bitmap.", since: "2.12" },
  0x80: { name: "EXTRA_FLAGS", doc: "More bytes of flags follow. Never written.", since: "2.12" },
} as const;

export const EOS = 0x01;
export const ZEROES = 0x02;
export const BITMAP_NAME = 0x04;
export const DEVICE_NAME = 0x08;
export const START = 0x10;
export const COMPLETE = 0x20;
export const BITS = 0x40;
export const EXTRA_FLAGS = 0x80;

/** Bytes of a sector, whatever the disk's own are. */
export const SECTOR = 512;

/** DIRTY_BITMAP_MIG_START_FLAG_*. */
export const DirtyBitmapStartFlag = {
  0x01: { name: "ENABLED", doc: "The bitmap records writes.", since: "2.12" },
  0x02: { name: "PERSISTENT", doc: "The bitmap is kept in the image.", since: "2.12" },
  0x04: { name: "AUTOLOAD", doc: "Of versions before 2.12; every release ignores it.", since: "2.12" },
} as const;

export const ENABLED = 0x01;
export const PERSISTENT = 0x02;
export const AUTOLOAD = 0x04;
/** Refused by every release. */
export const RESERVED_START_FLAGS = 0xf8;

export const DirtyBitmapFlags = struct({
  name: "DirtyBitmapFlags",
  endian: "be",
  doc:
    "Begins each chunk of the dirty-bitmap section. One byte, as every release writes it; two if it has EXTRA_FLAGS; " +
    "four if the second has it too. Every release keeps the last byte alone, where this layout has the flags listed here.",
  source: `${BITMAP}, qemu_get_bitmap_flags(), 2.12 to 11.1`,
  fields: {
    first: flags8("The flags, if they are one byte.", { bits: DirtyBitmapFlag }),
    second: flags8("The flags, if they are two bytes.", {
      bits: DirtyBitmapFlag,
      when: { field: "first", bit: EXTRA_FLAGS },
    }),
    third: u8("Flags without a meaning.", { when: { field: "second", bit: EXTRA_FLAGS }, format: "hex" }),
    fourth: flags8("The flags, if they are four bytes.", {
      bits: DirtyBitmapFlag,
      when: { field: "second", bit: EXTRA_FLAGS },
    }),
  },
});

export const DirtyBitmapName = struct({
  name: "DirtyBitmapName",
  endian: "be",
  doc:
    "The node's name in a chunk with DEVICE_NAME, then the bitmap's in one with BITMAP_NAME. A node goes by the name of " +
    "its block device if it has one, else by its node name. Where block-bitmap-mapping is set (since 5.2), both are aliases.",
  source: `${BITMAP}, send_bitmap_header() and add_bitmaps_to_list(), 2.12 to 11.1`,
  fields: {
    nameLength: u8("Bytes of name. Every release refuses 0."),
    name: text("Device name, node name or alias.", { length: { field: "nameLength" } }),
  },
});

export const DirtyBitmapStart = struct({
  name: "DirtyBitmapStart",
  endian: "be",
  doc: "A chunk with START. QEMU's own description says be64 granularity; the code has always had be32.",
  source: `${BITMAP}, send_bitmap_start(), 2.12 to 11.1`,
  fields: {
    granularity: u32("Bytes of disk that one bit stands for: a power of two, 512 or more.", {
      unit: "bytes",
    }),
    flags: flags8("What the bitmap is. Bits that are not named are reserved and refused.", {
      bits: DirtyBitmapStartFlag,
    }),
  },
});

export const DirtyBitmapBits = struct({
  name: "DirtyBitmapBits",
  endian: "be",
  doc: "A chunk with BITS. Unless it has ZEROES, a DirtyBitmapBuffer follows.",
  source: `${BITMAP}, send_bitmap_bits(), 2.12 to 11.1`,
  fields: {
    startSector: u64("First sector of 512 bytes, a multiple of 64 granules."),
    sectorCount: u32("Sectors covered. Only at the end of the disk no multiple of 64 granules."),
  },
});

export const DirtyBitmapBuffer = struct({
  name: "DirtyBitmapBuffer",
  endian: "be",
  doc:
    "Goes before the bits: one for each granule, in little-endian words of 64 bits, padded with zeroes to a multiple of " +
    "32 bytes (16 from a 32-bit source).",
  source: `${BITMAP}, send_bitmap_bits(), 2.12 to 11.1; util/hbitmap.c, hbitmap_serialize_part()`,
  fields: {
    length: u64("Bytes of bits that follow: up to 1024 as written, up to 10240 as accepted since 5.1.", {
      unit: "bytes",
    }),
  },
});
