meta:
  id: multifd_init
  title: MultifdInit
  endian: be
doc: "The first 64 bytes of a multifd channel."
doc-ref: "QEMU migration/multifd.c, multifd_send_initial_packet(), 5.0 to 11.1; migration/ram.c in 4.0 to 4.2"
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
    doc: "UUID of the guest, zero when it has none. The destination refuses another than its own."
  - id: id
    type: u1
    doc: "Number of the channel, from 0. Connections may arrive in another order."
  - id: reserved
    size: 39
    doc: "Zero since 5.0; 4.0 to 4.2 send what was on the stack."
enums:
  version:
    1:
      id: current
      doc: "The only version there is."
