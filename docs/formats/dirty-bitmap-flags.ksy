meta:
  id: dirty_bitmap_flags
  title: DirtyBitmapFlags
  endian: be
doc: "Begins each chunk of the dirty-bitmap section. One byte, as every release writes it; two if it has EXTRA_FLAGS; four if the second has it too. Every release keeps the last byte alone, where this layout has the flags listed here."
doc-ref: "QEMU migration/block-dirty-bitmap.c, qemu_get_bitmap_flags(), 2.12 to 11.1"
seq:
  - id: first
    type: u1
    doc: "The flags, if they are one byte."
  - id: second
    type: u1
    if: "(first & 0x80) != 0"
    doc: "The flags, if they are two bytes."
  - id: third
    type: u1
    if: "(((first & 0x80) != 0 ? second : 0) & 0x80) != 0"
    doc: "Flags without a meaning."
  - id: fourth
    type: u1
    if: "(((first & 0x80) != 0 ? second : 0) & 0x80) != 0"
    doc: "The flags, if they are four bytes."
instances:
  first_eos:
    value: "(first & 0x1) != 0"
    doc: "The last chunk of this section."
  first_zeroes:
    value: "(first & 0x2) != 0"
    doc: "With BITS: all bits are clear; no buffer follows."
  first_bitmap_name:
    value: "(first & 0x4) != 0"
    doc: "The name of the bitmap follows; otherwise it is that of the chunk before."
  first_device_name:
    value: "(first & 0x8) != 0"
    doc: "The name of the node follows; otherwise it is that of the chunk before."
  first_start:
    value: "(first & 0x10) != 0"
    doc: "The bitmap begins."
  first_complete:
    value: "(first & 0x20) != 0"
    doc: "The bitmap is complete."
  first_bits:
    value: "(first & 0x40) != 0"
    doc: "A part of the bitmap."
  first_extra_flags:
    value: "(first & 0x80) != 0"
    doc: "More bytes of flags follow. Never written."
  second_eos:
    value: "(second & 0x1) != 0"
    if: "(first & 0x80) != 0"
    doc: "The last chunk of this section."
  second_zeroes:
    value: "(second & 0x2) != 0"
    if: "(first & 0x80) != 0"
    doc: "With BITS: all bits are clear; no buffer follows."
  second_bitmap_name:
    value: "(second & 0x4) != 0"
    if: "(first & 0x80) != 0"
    doc: "The name of the bitmap follows; otherwise it is that of the chunk before."
  second_device_name:
    value: "(second & 0x8) != 0"
    if: "(first & 0x80) != 0"
    doc: "The name of the node follows; otherwise it is that of the chunk before."
  second_start:
    value: "(second & 0x10) != 0"
    if: "(first & 0x80) != 0"
    doc: "The bitmap begins."
  second_complete:
    value: "(second & 0x20) != 0"
    if: "(first & 0x80) != 0"
    doc: "The bitmap is complete."
  second_bits:
    value: "(second & 0x40) != 0"
    if: "(first & 0x80) != 0"
    doc: "A part of the bitmap."
  second_extra_flags:
    value: "(second & 0x80) != 0"
    if: "(first & 0x80) != 0"
    doc: "More bytes of flags follow. Never written."
  fourth_eos:
    value: "(fourth & 0x1) != 0"
    if: "(((first & 0x80) != 0 ? second : 0) & 0x80) != 0"
    doc: "The last chunk of this section."
  fourth_zeroes:
    value: "(fourth & 0x2) != 0"
    if: "(((first & 0x80) != 0 ? second : 0) & 0x80) != 0"
    doc: "With BITS: all bits are clear; no buffer follows."
  fourth_bitmap_name:
    value: "(fourth & 0x4) != 0"
    if: "(((first & 0x80) != 0 ? second : 0) & 0x80) != 0"
    doc: "The name of the bitmap follows; otherwise it is that of the chunk before."
  fourth_device_name:
    value: "(fourth & 0x8) != 0"
    if: "(((first & 0x80) != 0 ? second : 0) & 0x80) != 0"
    doc: "The name of the node follows; otherwise it is that of the chunk before."
  fourth_start:
    value: "(fourth & 0x10) != 0"
    if: "(((first & 0x80) != 0 ? second : 0) & 0x80) != 0"
    doc: "The bitmap begins."
  fourth_complete:
    value: "(fourth & 0x20) != 0"
    if: "(((first & 0x80) != 0 ? second : 0) & 0x80) != 0"
    doc: "The bitmap is complete."
  fourth_bits:
    value: "(fourth & 0x40) != 0"
    if: "(((first & 0x80) != 0 ? second : 0) & 0x80) != 0"
    doc: "A part of the bitmap."
  fourth_extra_flags:
    value: "(fourth & 0x80) != 0"
    if: "(((first & 0x80) != 0 ? second : 0) & 0x80) != 0"
    doc: "More bytes of flags follow. Never written."
