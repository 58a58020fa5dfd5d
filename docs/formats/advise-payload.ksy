meta:
  id: advise_payload
  title: AdvisePayload
  endian: be
doc: "Payload of POSTCOPY_ADVISE when postcopy-ram is on. It is empty when only dirty bitmaps go postcopy."
doc-ref: "QEMU migration/savevm.c, qemu_savevm_send_postcopy_advise(), 2.5 to 11.1"
seq:
  - id: page_sizes
    type: u8
    doc: "Page sizes of all RAM blocks, ORed together."
  - id: target_page_size
    type: u8
    doc: "Page size of the target."
