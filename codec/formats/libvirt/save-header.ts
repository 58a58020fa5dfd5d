import { reserved, struct, text, u32 } from "../../layout/index.ts";

/** Every era's header has as many bytes; the domain XML begins behind them. */
export const SAVE_HEADER_SIZE = 92;

/** Magic of a finished image, since 0.3.2. */
export const SAVE_MAGIC = "LibvirtQemudSave";
/** Magic until the stream is written, since 0.9.5. */
export const SAVE_MAGIC_PARTIAL = "LibvirtQemudPart";
/** The newest version there is: 0.7.1 to 12.8.0. */
export const SAVE_VERSION = 2;

/** What `format` numbers mean. Releases are libvirt's. */
export const SaveFormatNumber = {
  0: {
    name: "raw",
    doc: "The QEMU stream as it is. Before 0.7.1 there was no such field and nothing else.",
    since: "0.3.2",
  },
  1: { name: "gzip", doc: "Written by gzip -c, read by gzip -dc.", since: "0.7.1" },
  2: { name: "bzip2", doc: "Written by bzip2 -c, read by bzip2 -dc.", since: "0.7.1" },
  3: {
    name: "xz",
    doc: "Written by xz -c, with -3 since 6.0.0; read by xz -dc. No release wrote lzma, which 3 meant in August 2009.",
    since: "0.7.1",
  },
  4: {
    name: "lzop",
    doc: "Written by lzop -c; read by lzop -dc, with --ignore-warn since 1.0.3.",
    since: "0.7.1",
  },
  5: { name: "zstd", doc: "Written by zstd -c, read by zstd -dc.", since: "10.4.0" },
  6: {
    name: "sparse",
    doc: "A mapped-ram stream that QEMU writes into the file; its offsets count from the start of the file.",
    since: "11.2.0",
  },
} as const;

const magic = text(
  "LibvirtQemudSave once the stream is whole, LibvirtQemudPart until then (since 0.9.5); no NUL behind it.",
  { length: 16 },
);
const wasRunning = u32("0 leaves the guest paused after a restore, anything else runs it.");
const unused = "Written as zero, never looked at, in no byte order.";

export const SaveHeader = struct({
  name: "SaveHeader",
  endian: "le",
  doc: "Opens a save image of the QEMU driver, in the byte order of the host that wrote it: a reader swaps the five numbers once if version is more than 2. The domain XML follows.",
  source: "libvirt src/qemu/qemu_saveimage.h, struct _virQEMUSaveHeader, 3.5.0 to 12.8.0",
  fields: {
    magic,
    version: u32("2; no release writes another. 0 and 1 are read as images without a format: raw."),
    dataLength: u32(
      "C: data_len. Bytes from the header to the stream: XML, its NUL, the cookie, its NUL, zeros.",
      { unit: "bytes" },
    ),
    wasRunning,
    format: u32("How the stream is written, in version 2. C: compressed until some release after 9.0.0.", {
      values: SaveFormatNumber,
    }),
    cookieOffset: u32("Of the save cookie, from the end of the header; 0 if there is none.", {
      since: "3.5.0",
      unit: "bytes",
    }),
    unused: reserved(unused, { length: 56 }),
  },
});

export const SaveHeaderV2 = struct({
  name: "SaveHeaderV2",
  endian: "le",
  doc: "The header before there were cookies. The numbers were signed before 0.9.1, and never swapped.",
  source: "libvirt src/qemu/qemu_driver.c, struct _virQEMUSaveHeader (qemud_save_header), 0.7.1 to 3.4.0",
  fields: {
    magic,
    version: u32("2."),
    dataLength: u32("C: xml_len. Bytes from the header to the stream: XML, its NUL, zeros.", {
      unit: "bytes",
    }),
    wasRunning,
    format: u32("C: compressed. How the stream is written.", { values: SaveFormatNumber }),
    unused: reserved(unused, { length: 60 }),
  },
});

export const SaveHeaderV1 = struct({
  name: "SaveHeaderV1",
  endian: "le",
  doc: "The first header. The numbers were signed.",
  source: "libvirt src/qemu_driver.c, struct qemud_save_header, 0.3.2 to 0.7.0",
  fields: {
    magic,
    version: u32("1."),
    dataLength: u32("C: xml_len. Bytes from the header to the stream: XML and its NUL.", { unit: "bytes" }),
    wasRunning,
    unused: reserved(unused, { length: 64 }),
  },
});

/** Values of the word that was proposed in August 2011. */
export const SaveCompleteness = {
  0: { name: "UNKNOWN", doc: "Written by a release that does not know the word." },
  1: { name: "IN_PROGRESS", doc: "The stream is not whole, or nobody came to say that it is." },
  2: { name: "DONE", doc: "The stream is whole." },
} as const;

export const SaveHeaderProposed = struct({
  name: "SaveHeaderProposed",
  endian: "le",
  doc: "SaveHeaderV2 with the word that was proposed in August 2011 and never merged. Since 3.5.0 its place holds cookieOffset.",
  source:
    "proposed for libvirt src/qemu/qemu_driver.c, struct qemud_save_header, between 0.9.4 and 0.9.5; in no release",
  fields: {
    magic,
    version: u32("2."),
    dataLength: u32("C: xml_len. Bytes from the header to the stream: XML, its NUL, zeros.", {
      unit: "bytes",
    }),
    wasRunning,
    format: u32("C: compressed. How the stream is written.", { values: SaveFormatNumber }),
    complete: u32("Whether the stream is whole; swapped with the other numbers.", {
      values: SaveCompleteness,
    }),
    unused: reserved(unused, { length: 56 }),
  },
});
