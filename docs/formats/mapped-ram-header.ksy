meta:
  id: mapped_ram_header
  title: MappedRamHeader
  endian: be
doc: "Follows each block entry when mapped-ram is on. Offsets count from the start of the file, not of the stream."
doc-ref: "QEMU migration/ram.c, struct MappedRamHeader, 9.0 to 11.1"
seq:
  - id: version
    type: u4
    doc: "Always 1."
  - id: page_size
    type: u8
    doc: "Bytes of RAM that one bit of the bitmap stands for."
  - id: bitmap_offset
    type: u8
    doc: "Where the bitmap of the pages present is."
  - id: pages_offset
    type: u8
    doc: "Where page 0 is; absent pages are holes."
