meta:
  id: x_multifd_packet_header
  title: XMultifdPacketHeader
  endian: be
doc: "A packet of RAM while multifd was experimental. `size` offsets follow it, then the pages as they are."
doc-ref: "QEMU migration/ram.c, multifd_send_fill_packet(), 3.0 to 3.1"
seq:
  - id: magic
    type: u4
    valid: "0x11223344"
    doc: "Always the same."
  - id: version
    type: u4
    enum: version
    doc: "Always 1. Every release refuses another."
  - id: flags
    type: u4
    doc: "What the packet is."
  - id: size
    type: u4
    doc: "Offsets in the array: x-multifd-page-count, alike on both sides."
  - id: used
    type: u4
    doc: "Pages in the payload; they have the first offsets."
  - id: packet_number
    type: u8
    doc: "One counter for all channels."
  - id: block
    type: str
    size: 256
    encoding: "UTF-8"
    doc: "RAM block, ended by a NUL."
instances:
  flags_sync:
    value: "(flags & 0x1) != 0"
    doc: "The destination waits here for the other channels."
  flags_zlib:
    value: "(flags & 0x2) != 0"
    doc: "The pages are part of a zlib stream."
  flags_zstd:
    value: "(flags & 0x4) != 0"
    doc: "The pages are part of a zstd stream."
  flags_qpl:
    value: "(flags & 0x8) != 0"
    doc: "The pages are compressed by Intel's QPL."
  flags_uadk:
    value: "(flags & 0x10) != 0"
    doc: "The pages are compressed by UADK."
  flags_qatzip:
    value: "(flags & 0x20) != 0"
    doc: "The pages are compressed by QATzip."
  flags_device_state:
    value: "(flags & 0x40) != 0"
    doc: "The packet is a MultifdDeviceState."
enums:
  version:
    1:
      id: current
      doc: "The only version there is."
