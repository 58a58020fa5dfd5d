meta:
  id: pong_payload
  title: PongPayload
  endian: be
doc: "Payload of PONG."
doc-ref: "QEMU migration/migration.c, migrate_send_rp_pong(), 2.5 to 11.1"
seq:
  - id: value
    type: u4
    enum: value
    doc: "Value of the PING."
enums:
  value:
    66:
      id: packaged_loaded
      doc: "The destination has loaded the packaged device state."
