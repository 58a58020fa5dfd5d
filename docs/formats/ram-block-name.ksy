meta:
  id: ram_block_name
  title: RamBlockName
  endian: be
doc: "Names the block of a page record that does not have CONTINUE."
doc-ref: "QEMU migration/ram.c, save_page_header(), 2.5 to 11.1"
seq:
  - id: name_length
    type: u1
    doc: "Bytes of idstr."
  - id: idstr
    type: str
    size: name_length
    encoding: "UTF-8"
    doc: "RAM block."
