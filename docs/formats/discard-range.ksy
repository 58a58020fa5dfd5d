meta:
  id: discard_range
  title: DiscardRange
  endian: be
doc: "A range of a RAM block."
doc-ref: "QEMU migration/savevm.c, qemu_savevm_send_postcopy_ram_discard(), 2.5 to 11.1"
seq:
  - id: start
    type: u8
    doc: "First byte, from the start of the block."
  - id: length
    type: u8
    doc: "Bytes."
