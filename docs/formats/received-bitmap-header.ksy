meta:
  id: received_bitmap_header
  title: ReceivedBitmapHeader
  endian: be
doc: "Opens the bitmap behind a RECV_BITMAP reply. Its bytes follow: bit i of little-endian words is target page i, set if it was received."
doc-ref: "QEMU migration/ram.c, ramblock_recv_bitmap_send(), 3.0 to 11.1"
seq:
  - id: size
    type: u8
    doc: "Bytes of bitmap: one bit a target page, padded to a multiple of 8 bytes."
