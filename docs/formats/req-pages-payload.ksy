meta:
  id: req_pages_payload
  title: ReqPagesPayload
  endian: be
doc: "Payload of REQ_PAGES."
doc-ref: "QEMU migration/migration.c, migrate_send_rp_req_pages(), 2.5 to 11.1"
seq:
  - id: start
    type: u8
    doc: "First byte wanted, from the start of the block."
  - id: length
    type: u4
    doc: "Bytes wanted: whole host pages."
