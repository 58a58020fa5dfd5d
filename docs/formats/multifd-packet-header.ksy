meta:
  id: multifd_packet_header
  title: MultifdPacketHeader
  endian: be
doc: "A packet of RAM. 524288 / target page size offsets follow it, whatever the counts say, then the payload."
doc-ref: "QEMU migration/multifd.c, multifd_send_fill_packet(), 5.0 to 11.1; migration/ram.c in 4.0 to 4.2"
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
  - id: pages_alloc
    type: u4
    doc: "Offsets in the array; 0 in packets of SYNC alone since 9.2."
  - id: normal_pages
    type: u4
    doc: "Pages whose content is in the payload; they have the first offsets."
  - id: next_packet_size
    type: u4
    doc: "Bytes of payload. Without normal pages there is none, but 5.0 to 8.1 repeat the last size."
  - id: packet_number
    type: u8
    doc: "One counter for all channels. It may repeat."
  - id: zero_pages
    type: u4
    doc: "Pages full of zeros; their offsets come behind those of the normal pages."
  - id: reserved
    size: 28
    doc: "Zero."
  - id: block
    type: str
    size: 256
    encoding: "UTF-8"
    doc: "RAM block, ended by a NUL. Without pages up to 9.1 the block of the packet before."
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
