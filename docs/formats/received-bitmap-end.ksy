meta:
  id: received_bitmap_end
  title: ReceivedBitmapEnd
  endian: be
doc: "Stands behind the bitmap, to show that nothing of it was lost."
doc-ref: "QEMU migration/ram.c, ramblock_recv_bitmap_send(), 3.0 to 11.1"
seq:
  - id: mark
    type: u8
    valid: "0x123456789abcdef"
    doc: "RAMBLOCK_RECV_BITMAP_ENDING."
