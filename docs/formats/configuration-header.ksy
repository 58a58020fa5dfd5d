meta:
  id: configuration_header
  title: ConfigurationHeader
  endian: be
doc: "Opens the configuration section. The machine name follows."
doc-ref: "QEMU migration/savevm.c, vmstate_configuration, 2.4 to 11.1"
seq:
  - id: type
    type: u1
    valid: "0x7"
    doc: "CONFIGURATION."
  - id: name_length
    type: u4
    doc: "Bytes of the machine name."
