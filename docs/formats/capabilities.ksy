meta:
  id: capabilities
  title: Capabilities
  endian: be
doc: "Subsection configuration/capabilities: those in use that both sides must share (x-ignore-shared, mapped-ram)."
doc-ref: "QEMU migration/savevm.c, vmstate_capabilites, 4.0 to 11.1"
seq:
  - id: count
    type: u4
    doc: "How many names follow."
  - id: names
    type: capability_name
    repeat: expr
    repeat-expr: count
    doc: "Capabilities that are on, in the order of QAPI's enumeration."
types:
  capability_name:
    meta:
      endian: be
    doc: "One migration capability by name."
    doc-ref: "QEMU migration/savevm.c, put_capability() up to 11.0, save_capability() in 11.1"
    seq:
      - id: name_length
        type: u1
        doc: "Bytes of name."
      - id: capability
        type: str
        size: name_length
        encoding: "UTF-8"
        doc: "QAPI name of the capability."
