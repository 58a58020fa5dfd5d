meta:
  id: multifd_device_state
  title: MultifdDeviceState
  endian: be
doc: "A packet with a piece of a device's state, shorter than one of RAM. The payload follows."
doc-ref: "QEMU migration/multifd-device-state.c, multifd_device_state_fill_packet(), 10.0 to 11.1"
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
  - id: idstr
    type: str
    size: 256
    encoding: "UTF-8"
    doc: "Device, ended by a NUL."
  - id: instance_id
    type: u4
    doc: "Tells equal devices apart."
  - id: next_packet_size
    type: u4
    doc: "Bytes of payload. A destination refuses an empty one."
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
