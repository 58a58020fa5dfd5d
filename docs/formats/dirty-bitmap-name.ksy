meta:
  id: dirty_bitmap_name
  title: DirtyBitmapName
  endian: be
doc: "The node's name in a chunk with DEVICE_NAME, then the bitmap's in one with BITMAP_NAME. A node goes by the name of its block device if it has one, else by its node name. Where block-bitmap-mapping is set (since 5.2), both are aliases."
doc-ref: "QEMU migration/block-dirty-bitmap.c, send_bitmap_header() and add_bitmaps_to_list(), 2.12 to 11.1"
seq:
  - id: name_length
    type: u1
    doc: "Bytes of name. Every release refuses 0."
  - id: name
    type: str
    size: name_length
    encoding: "UTF-8"
    doc: "Device name, node name or alias."
