meta:
  id: ping_payload
  title: PingPayload
  endian: be
doc: "Payload of PING."
doc-ref: "QEMU migration/savevm.c, qemu_savevm_send_ping(), 2.5 to 11.1"
seq:
  - id: value
    type: u4
    doc: "Comes back in the PONG. 0x42 since 10.2: the packaged state is loaded."
