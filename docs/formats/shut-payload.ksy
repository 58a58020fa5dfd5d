meta:
  id: shut_payload
  title: ShutPayload
  endian: be
doc: "Payload of SHUT."
doc-ref: "QEMU migration/migration.c, migrate_send_rp_shut(), 2.5 to 11.1"
seq:
  - id: status
    type: u4
    doc: "0 if the destination read the stream without error."
