meta:
  id: dirty_bitmap_buffer
  title: DirtyBitmapBuffer
  endian: be
doc: "Goes before the bits: one for each granule, in little-endian words of 64 bits, padded with zeroes to a multiple of 32 bytes (16 from a 32-bit source)."
doc-ref: "QEMU migration/block-dirty-bitmap.c, send_bitmap_bits(), 2.12 to 11.1; util/hbitmap.c, hbitmap_serialize_part()"
seq:
  - id: length
    type: u8
    doc: "Bytes of bits that follow: up to 1024 as written, up to 10240 as accepted since 5.1."
