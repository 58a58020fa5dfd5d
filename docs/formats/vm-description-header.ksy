meta:
  id: vm_description_header
  title: VmDescriptionHeader
  endian: be
doc: "Introduces the JSON text that describes the device sections. No destination reads it."
doc-ref: "QEMU migration/savevm.c, qemu_savevm_state_complete_precopy_non_iterable(), 2.3 to 11.1"
seq:
  - id: type
    type: u1
    valid: "0x6"
    doc: "VMDESCRIPTION."
  - id: length
    type: u4
    doc: "Bytes of JSON that follow."
