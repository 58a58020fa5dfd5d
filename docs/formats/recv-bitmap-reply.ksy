meta:
  id: recv_bitmap_reply
  title: RecvBitmapReply
  endian: be
doc: "Payload of RECV_BITMAP. The bitmap itself follows outside the message's declared length."
doc-ref: "QEMU migration/migration.c, migrate_send_rp_recv_bitmap(), 3.0 to 11.1"
seq:
  - id: name_length
    type: u1
    doc: "Bytes of block."
  - id: block
    type: str
    size: name_length
    encoding: "UTF-8"
    doc: "RAM block."
