import { struct, u64 } from "../../layout/index.ts";

const SOURCE = "QEMU migration/ram.c, ramblock_recv_bitmap_send(), 3.0 to 11.1";

export const ReceivedBitmapHeader = struct({
  name: "ReceivedBitmapHeader",
  endian: "be",
  doc: "Opens the bitmap behind a RECV_BITMAP reply. Its bytes follow: bit i of little-endian words is target page i, set if it was received.",
  source: SOURCE,
  fields: {
    size: u64("Bytes of bitmap: one bit a target page, padded to a multiple of 8 bytes.", { unit: "bytes" }),
  },
});

export const ReceivedBitmapEnd = struct({
  name: "ReceivedBitmapEnd",
  endian: "be",
  doc: "Stands behind the bitmap, to show that nothing of it was lost.",
  source: SOURCE,
  fields: { mark: u64("RAMBLOCK_RECV_BITMAP_ENDING.", { equals: 0x0123_4567_89ab_cdefn, format: "hex" }) },
});

/** Bytes that the bitmap of a block of `pages` takes. */
export function receivedBitmapSize(pages: number): number {
  return Math.ceil(pages / 64) * 8;
}
