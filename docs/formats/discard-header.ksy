meta:
  id: discard_header
  title: DiscardHeader
  endian: be
doc: "Opens the payload of POSTCOPY_RAM_DISCARD. DiscardRange entries fill the rest of the command."
doc-ref: "QEMU migration/savevm.c, qemu_savevm_send_postcopy_ram_discard(), 2.5 to 11.1"
seq:
  - id: version
    type: u1
    valid: "0x0"
    doc: "Always 0."
  - id: name_length
    type: u1
    doc: "Bytes of block."
  - id: block
    type: str
    size: name_length
    encoding: "UTF-8"
    doc: "RAM block."
  - id: terminator
    type: u1
    valid: "0x0"
    doc: "NUL that ends the name."
