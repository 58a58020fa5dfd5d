meta:
  id: file_header
  title: FileHeader
  endian: be
doc: "The first eight bytes of a migration stream."
doc-ref: "QEMU migration/savevm.c, qemu_savevm_state_header(), 2.5 to 11.1"
seq:
  - id: magic
    type: u4
    valid: "0x5145564d"
    doc: "\"QEVM\"."
  - id: version
    type: u4
    enum: version
    doc: "Stream format. Version 3 came with 0.10."
enums:
  version:
    2:
      id: compat
      doc: "Written before 0.10. No release since 2.5 reads it."
    3:
      id: current
      doc: "The only format in use."
