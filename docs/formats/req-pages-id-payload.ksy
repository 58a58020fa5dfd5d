meta:
  id: req_pages_id_payload
  title: ReqPagesIdPayload
  endian: be
doc: "Payload of REQ_PAGES_ID."
doc-ref: "QEMU migration/migration.c, migrate_send_rp_req_pages(), 2.5 to 11.1"
seq:
  - id: start
    type: u8
    doc: "First byte wanted, from the start of the block."
  - id: length
    type: u4
    doc: "Bytes wanted: whole host pages."
  - id: name_length
    type: u1
    doc: "Bytes of block."
  - id: block
    type: str
    size: name_length
    encoding: "UTF-8"
    doc: "RAM block, of this request and of REQ_PAGES that follow."
