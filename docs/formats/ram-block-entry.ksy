meta:
  id: ram_block_entry
  title: RamBlockEntry
  endian: be
doc: "One entry of the block list. The list ends when the lengths add up to the announced total."
doc-ref: "QEMU migration/ram.c, ram_save_setup(), 2.5 to 11.1"
params:
  - id: with_postcopy_page_size
    type: bool
    doc: "postcopy-ram is on and the block's pages are not of the host's page size"
  - id: with_ignore_shared
    type: bool
    doc: "x-ignore-shared is on"
  - id: with_ignore_shared_flag
    type: bool
    doc: "x-ignore-shared is on and the source is 4.0"
seq:
  - id: name_length
    type: u1
    doc: "Bytes of idstr."
  - id: idstr
    type: str
    size: name_length
    encoding: "UTF-8"
    doc: "RAM block."
  - id: used_length
    type: u8
    doc: "Bytes of the block in use."
  - id: page_size
    type: u8
    if: with_postcopy_page_size
    doc: "Page size of the block's backing."
  - id: address
    type: u8
    if: with_ignore_shared
    doc: "Guest physical address of the block."
  - id: ignored_flag
    type: u1
    if: with_ignore_shared_flag
    doc: "1 if the block is shared and its pages are not sent."
