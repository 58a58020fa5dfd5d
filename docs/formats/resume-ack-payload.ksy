meta:
  id: resume_ack_payload
  title: ResumeAckPayload
  endian: be
doc: "Payload of RESUME_ACK."
doc-ref: "QEMU migration/migration.c, migrate_send_rp_resume_ack(), 3.0 to 11.1"
seq:
  - id: value
    type: u4
    doc: "Always 1; a source refuses another."
