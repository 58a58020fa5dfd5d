meta:
  id: dirty_bitmap_bits
  title: DirtyBitmapBits
  endian: be
doc: "A chunk with BITS. Unless it has ZEROES, a DirtyBitmapBuffer follows."
doc-ref: "QEMU migration/block-dirty-bitmap.c, send_bitmap_bits(), 2.12 to 11.1"
seq:
  - id: start_sector
    type: u8
    doc: "First sector of 512 bytes, a multiple of 64 granules."
  - id: sector_count
    type: u4
    doc: "Sectors covered. Only at the end of the disk no multiple of 64 granules."
