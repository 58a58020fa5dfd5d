meta:
  id: x_multifd_init
  title: XMultifdInit
  endian: be
doc: "The first 25 bytes of a multifd channel while multifd was experimental."
doc-ref: "QEMU migration/ram.c, multifd_send_initial_packet(), 3.0 to 3.1"
seq:
  - id: magic
    type: u4
    valid: "0x11223344"
    doc: "Always the same."
  - id: version
    type: u4
    enum: version
    doc: "Always 1. Every release refuses another."
  - id: uuid
    size: 16
    doc: "UUID of the guest, zero when it has none."
  - id: id
    type: u1
    doc: "Number of the channel, from 0."
enums:
  version:
    1:
      id: current
      doc: "The only version there is."
