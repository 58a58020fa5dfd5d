meta:
  id: subsection_header
  title: SubsectionHeader
  endian: be
doc: "Opens a subsection: an optional piece of state, sent only when it is needed."
doc-ref: "QEMU migration/vmstate.c, vmstate_subsection_save(), 2.5 to 11.1"
seq:
  - id: type
    type: u1
    valid: "0x5"
    doc: "SUBSECTION."
  - id: id_length
    type: u1
    doc: "Bytes of idstr."
  - id: idstr
    type: str
    size: id_length
    encoding: "UTF-8"
    doc: "Name of the parent, a slash, and a name of its own."
  - id: version_id
    type: u4
    doc: "Version of the subsection."
