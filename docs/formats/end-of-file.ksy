meta:
  id: end_of_file
  title: EndOfFile
  endian: be
doc: "Ends the sections."
doc-ref: "QEMU migration/savevm.c, qemu_savevm_state_complete_precopy(), 2.5 to 11.1"
seq:
  - id: type
    type: u1
    valid: "0x0"
    doc: "EOF."
