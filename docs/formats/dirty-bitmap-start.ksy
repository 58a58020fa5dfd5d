meta:
  id: dirty_bitmap_start
  title: DirtyBitmapStart
  endian: be
doc: "A chunk with START. QEMU's own description says be64 granularity; the code has always had be32."
doc-ref: "QEMU migration/block-dirty-bitmap.c, send_bitmap_start(), 2.12 to 11.1"
seq:
  - id: granularity
    type: u4
    doc: "Bytes of disk that one bit stands for: a power of two, 512 or more."
  - id: flags
    type: u1
    doc: "What the bitmap is. Bits that are not named are reserved and refused."
instances:
  flags_enabled:
    value: "(flags & 0x1) != 0"
    doc: "The bitmap records writes."
  flags_persistent:
    value: "(flags & 0x2) != 0"
    doc: "The bitmap is kept in the image."
  flags_autoload:
    value: "(flags & 0x4) != 0"
    doc: "Of versions before 2.12; every release ignores it."
