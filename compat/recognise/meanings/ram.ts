import type { Meaning } from "./meaning.ts";

const SAME_MEMORY =
  "Start the destination with the same -m, memory backends and device options as the source.";
const LOST_PLACE =
  "Use the same capabilities on both sides; then look at the bytes: migwire decode or migwire replay on a capture.";

/** RAM: its blocks and its pages. */
export const RAM_MEANINGS: readonly Meaning[] = [
  {
    subjects: ["qemu/ram/block-size", "qemu/ram/block-too-large"],
    side: "destination",
    stage: "setup",
    meaning: "A block of memory has another size on the source.",
    causes: [
      "pc.ram: the guest has another amount of memory (-m) on the two sides, or memory was hot-plugged.",
      "pc.bios, a ROM, vga.vram: another firmware file, ROM size or video memory.",
    ],
    remedies: [
      SAME_MEMORY,
      "For firmware and ROMs install files of the same size, or give the source's with -bios or romfile=.",
    ],
    values: [["block", "size on the source", "size here"]],
  },
  {
    subjects: ["qemu/ram/block-unknown"],
    side: "destination",
    stage: "setup",
    meaning: "The source has a block of memory that the destination lacks.",
    causes: [
      "A device with memory or a ROM is missing here or at another address (0000:00:02.0/vga.vram, /rom@...).",
      "ACPI is off here and on there: /rom@etc/acpi/tables.",
      "Memory backends have other ids.",
    ],
    remedies: [
      "Give the destination the same devices at the same addresses, the same memory backends with the same ids, and the same machine options.",
    ],
    values: [["block"]],
  },
  {
    subjects: ["qemu/ram/block-page-size"],
    side: "destination",
    stage: "setup",
    meaning: "A block is backed by pages of another size here, which postcopy cannot bridge.",
    causes: ["Huge pages on one side only, or of another size, while postcopy-ram is set."],
    remedies: ["Back the guest's memory alike on both sides, or migrate without postcopy-ram."],
    values: [["block", "page size here", "page size on the source"]],
  },
  {
    subjects: ["qemu/ram/block-address", "qemu/ram/block-not-migratable", "qemu/ram/shared-flag-differs"],
    side: "destination",
    stage: "setup",
    meaning:
      "With x-ignore-shared the two sides do not agree on a block: its address, or whether it is migrated at all.",
    causes: ["share=on of a memory backend differs, or the memory is laid out otherwise."],
    remedies: [
      "Give the memory backends the same options on both sides, or switch x-ignore-shared off on both.",
    ],
    values: [["block", "address", "address here"], ["block", "which"], ["block"]],
    related: ["qemu/errata/ignore-shared-dialect-of-4.0"],
  },
  {
    subjects: ["qemu/ram/flags-unknown", "qemu/postcopy/ram/flags"],
    side: "destination",
    stage: "precopy",
    meaning:
      "A record of RAM has flags that mean nothing to this release. Flags of 0 mostly mean that zeros were read where the stream had ended or was something else.",
    causes: [
      "A capability is set on the source only: multifd, postcopy, xbzrle, compress, mapped-ram.",
      "The stream ended (before 9.0 that reads as 0), or the source is newer.",
      "multifd's method of compression differs.",
    ],
    remedies: [
      "Set multifd and its parameters alike on both sides, on the destination before migrate-incoming.",
      LOST_PLACE,
    ],
    values: [["flags"]],
    related: ["RAM_FLAG_KNOWN"],
  },
  {
    subjects: ["qemu/ram/flags-unexpected"],
    side: "destination",
    stage: "precopy",
    meaning: "A mapped-ram file has records of pages, which it must not have.",
    causes: ["mapped-ram is set here, and the file was not written with it, or is damaged."],
    remedies: ["Set mapped-ram as it was when the file was written.", LOST_PLACE],
    values: [["flags"]],
  },
  {
    subjects: ["qemu/ram/address-cut"],
    side: "destination",
    stage: "precopy",
    meaning: "The stream ended where the next page had to begin.",
    causes: [
      "The source failed, was cancelled or killed; the connection broke; the file is cut.",
      "multifd is set on the source only, or with more channels: the destination then waits on or closes the wrong connections.",
    ],
    remedies: ["Read the source's error first.", "Compare multifd and multifd-channels on both sides."],
  },
  {
    subjects: ["qemu/ram/offset-illegal", "qemu/postcopy/page/illegal-offset"],
    side: "destination",
    stage: "precopy",
    meaning: "A page lies outside of the block it is said to be of, or of none.",
    causes: ["The destination lost its place in the stream, or the bytes are damaged."],
    remedies: [LOST_PLACE],
    values: [["offset"]],
  },
  {
    subjects: ["qemu/ram/page-block-unknown", "qemu/postcopy/page/unknown-block"],
    side: "destination",
    stage: "precopy",
    meaning: "A page is of a block of memory that the destination does not have.",
    causes: [
      "The destination lost its place in the stream, or the bytes are damaged: missing blocks are refused earlier.",
    ],
    remedies: [LOST_PLACE],
    values: [["block"]],
  },
  {
    subjects: ["qemu/ram/page-without-block", "qemu/postcopy/page/no-block"],
    side: "destination",
    stage: "precopy",
    meaning: "A page refers to the block of the page before it, and there was none.",
    causes: ["The destination lost its place in the stream, or the bytes are damaged."],
    remedies: [LOST_PLACE],
  },
  {
    subjects: ["qemu/ram/zero-page-value", "qemu/postcopy/ram/zero-value"],
    side: "destination",
    stage: "precopy",
    meaning:
      "A record says that a page is filled with one byte, and the byte is not zero. Since 8.2 only zero is taken.",
    causes: ["The bytes are damaged: no source sends anything but zero."],
    remedies: [LOST_PLACE],
    values: [["value"]],
  },
  {
    subjects: [
      "qemu/ram/compressed-length",
      "qemu/ram/compressed-unexpected",
      "qemu/ram/decompression-failed",
      "qemu/postcopy/ram/compressed-length",
      "qemu/postcopy/ram/compressed-unprepared",
    ],
    side: "destination",
    stage: "precopy",
    meaning:
      "A page came compressed by the capability compress (gone since 9.1), and could not be taken: compress is off here, the release cannot, or the bytes are damaged.",
    causes: ["compress is set on the source only.", "compress together with postcopy.", "Damage."],
    remedies: [
      "Switch compress off on both sides and use multifd with multifd-compression, or set it on both.",
    ],
    values: [["length"]],
  },
  {
    subjects: [
      "qemu/ram/xbzrle-content",
      "qemu/ram/xbzrle-failed",
      "qemu/ram/xbzrle-kind",
      "qemu/ram/xbzrle-length",
    ],
    side: "destination",
    stage: "precopy",
    meaning:
      "A page came as the difference to its former content (xbzrle), and the difference cannot be applied.",
    causes: ["The bytes are damaged, or the destination lost its place in the stream."],
    remedies: ["Switch xbzrle off on the source and migrate again.", LOST_PLACE],
    values: [["address"]],
  },
  {
    subjects: [
      "qemu/mapped-ram/alignment",
      "qemu/mapped-ram/bitmap",
      "qemu/mapped-ram/header-cut",
      "qemu/mapped-ram/header-version",
      "qemu/mapped-ram/outside",
      "qemu/mapped-ram/page-size",
    ],
    side: "destination",
    stage: "restore",
    meaning:
      "The part of a mapped-ram file that says where a block's pages are is cut, damaged, or of another version.",
    causes: [
      "The file is cut or was written over.",
      "It begins at another offset than given.",
      "It is of a newer release.",
    ],
    remedies: [
      "migwire verify FILE says what is wrong and what is left.",
      "Give file: the offset of the stream, and set mapped-ram before migrate-incoming.",
    ],
    values: [["expected", "found"], ["block or number"]],
    related: ["qemu/errata/mapped-ram-with-shared"],
  },
  {
    subjects: ["qemu/blocks"],
    side: "destination",
    stage: "precopy",
    meaning: "The stream has disk contents (block migration, gone since 9.1), and they cannot be taken.",
    causes: ["The disk that is named does not exist here, or the bytes are damaged."],
    remedies: ["Migrate without block (migrate -b, -i) and copy disks with blockdev-mirror and NBD."],
    values: [["device or flags"]],
  },
];
