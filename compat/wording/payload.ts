import { bytes, type Wordings } from "./phrases.ts";

const MIB = 2 ** 20;

const mebibytes = (length: unknown) => `${Math.round(Number(length) / MIB)} MiB`;

/** Wording of findings about the payload of a save image, and what decompresses it. */
export const payload = {
  PAYLOAD_DECOMPRESSES: [
    ({ program, format, status, text }) =>
      `${program}, given the ${format} data here, ${Number(status) < 0 ? "did not end by itself" : `ends with status ${status}`}: ${text === "" ? "it says nothing" : text}`,
    "What came out before that was read. libvirt runs the same program, and a restore fails or hangs when it fails. Compare size and checksum with another copy of the file.",
  ],
  PAYLOAD_HELPER_FOUND: [
    ({ program, format, text }) =>
      `${format} data needs the program ${program}, which cannot be run: ${text}`,
    "Install the package of that name (xz-utils for xz) and run this again. libvirt on this host could not restore the image either.",
  ],
  PAYLOAD_HELPER_TIMELY: [
    ({ program, limit }) => `${program} gave nothing for ${limit} seconds and did not end, so it was killed`,
    "See that the file can be read (a hung NFS server or disk?) and that the program found in PATH is the real one.",
  ],
  PAYLOAD_SIZE_BOUNDED: [
    ({ why, program, limit }) =>
      why === "behind-end"
        ? `the stream has ended, but ${program} went on giving bytes: it was ended after ${mebibytes(limit)} of them`
        : why === "given-up"
          ? `nothing can be understood any more: ${program} was ended after ${mebibytes(limit)} of that, and whether the rest decompresses was not seen`
          : `${program} gave more than ${mebibytes(limit)}, which is more than any image of this guest holds, and was ended`,
    "No guest's state needs that much. The file may be made to fill memory or disks: do not decompress it by hand.",
  ],
  SAVE_HOLES_EXPECTED: [
    ({ size, allocated }) => `of ${bytes(size)} only ${allocated} are on the disk; the rest reads as zeros`,
    "Only an image of format sparse has holes by design. Elsewhere they tell of a copy that skipped blocks, a crash before the data was written, or a file system that compresses.",
  ],
  SAVE_PAYLOAD_FORMAT_AGREES: [
    ({ expected, found }) =>
      `the header says that the payload is ${expected}, but it begins as ${found === "qevm" ? "a bare QEMU stream" : `${found} data`}; it was read as that`,
    "libvirt believes the header: a restore fails or hangs. If the rest is sound, unwrap the stream and wrap it again with the right format.",
  ],
  SAVE_PAYLOAD_KNOWN: [
    ({ expected, found }) =>
      `the payload is neither a QEMU stream nor compressed data: it begins with ${found}, where the header says ${expected}`,
    "Its first bytes are damaged, or the data length of the header is wrong and the payload begins elsewhere.",
  ],
  SAVE_PAYLOAD_PRESENT: [
    () => "the image ends where its payload should begin: there is no guest state in it",
    "The save was stopped before QEMU wrote anything, or the copy is cut off. Nothing of the guest's memory can be had from this file.",
  ],
  SAVE_SPARSE_GEOMETRY: [
    ({ block, expected, found }) => `RAM block ${block}: expected ${expected}, found ${found}`,
    "Offsets of a sparse image count from the start of the file, libvirt's header included. An image whose header was removed or grew cannot be restored.",
  ],
  SAVE_SPARSE_MAPPED: [
    () => "the header says sparse, but the stream was not written with mapped-ram",
    "libvirt 11.3.0 was seen to write this for external snapshots with snapshot_image_format = sparse. snapshot-revert takes it, virsh restore does not: change the header's format to 0 (raw) for that.",
  ],
  SAVE_TRAILING_BYTES: [
    ({ length }) => `${bytes(length)} stand behind the end of the stream`,
    "QEMU does not read them. On a block device they are what was there before; behind a file they are padding or a mistake. Behind a compressed stream more than a pipe holds (some 64 KiB) make a restore hang.",
  ],
} satisfies Wordings;
