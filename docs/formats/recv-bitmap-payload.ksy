meta:
  id: recv_bitmap_payload
  title: RecvBitmapPayload
  endian: be
doc: "Payload of RECV_BITMAP."
doc-ref: "QEMU migration/savevm.c, qemu_savevm_send_recv_bitmap(), 3.0 to 11.1"
seq:
  - id: name_length
    type: u1
    doc: "Bytes of block."
  - id: block
    type: str
    size: name_length
    encoding: "UTF-8"
    doc: "RAM block whose bitmap is wanted."
