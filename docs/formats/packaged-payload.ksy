meta:
  id: packaged_payload
  title: PackagedPayload
  endian: be
doc: "Payload of PACKAGED. The package itself follows outside the command's declared length."
doc-ref: "QEMU migration/savevm.c, qemu_savevm_send_packaged(), 2.5 to 11.1"
seq:
  - id: length
    type: u4
    doc: "Bytes of the package: a sequence of commands and sections."
