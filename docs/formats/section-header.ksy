meta:
  id: section_header
  title: SectionHeader
  endian: be
doc: "Opens a START or FULL section."
doc-ref: "QEMU migration/savevm.c, save_section_header(), 2.5 to 11.1"
seq:
  - id: type
    type: u1
    enum: type
    doc: "SECTION_START or SECTION_FULL."
  - id: section_id
    type: u4
    doc: "Number by which later parts and the footer name the section."
  - id: id_length
    type: u1
    doc: "Bytes of idstr."
  - id: idstr
    type: str
    size: id_length
    encoding: "UTF-8"
    doc: "Name of the device or subsystem."
  - id: instance_id
    type: u4
    doc: "Tells equal devices apart."
  - id: version_id
    type: u4
    doc: "Version of the section's payload."
enums:
  type:
    0:
      id: eof
      doc: "End of the device state. A vmdescription may follow."
    1:
      id: section_start
      doc: "First part of an iterative section, such as RAM."
    2:
      id: section_part
      doc: "A further part of an iterative section."
    3:
      id: section_end
      doc: "Last part of an iterative section."
    4:
      id: section_full
      doc: "A device section, whole."
    5:
      id: subsection
      doc: "Optional part of the state before it."
    6:
      id: vmdescription
      doc: "JSON description of the device sections."
    7:
      id: configuration
      doc: "Machine name and settings both sides must share."
    8:
      id: command
      doc: "A command to the destination."
    126:
      id: section_footer
      doc: "Closes a section and repeats its id."
