meta:
  id: configuration_uuid
  title: ConfigurationUuid
  endian: be
doc: "Subsection configuration/uuid: the VM's UUID, sent when validate-uuid is on and the VM has one."
doc-ref: "QEMU migration/savevm.c, vmstate_uuid, 4.2 to 11.1"
seq:
  - id: uuid
    size: 16
    doc: "UUID of the VM."
