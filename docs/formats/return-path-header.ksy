meta:
  id: return_path_header
  title: ReturnPathHeader
  endian: be
doc: "A message from the destination to the source."
doc-ref: "QEMU migration/migration.c, migrate_send_rp_message(), 2.5 to 11.1"
seq:
  - id: type
    type: u2
    enum: type
    doc: "What it says."
  - id: length
    type: u2
    doc: "Bytes of payload; at most 512, or the source refuses it."
enums:
  type:
    1:
      id: shut
      doc: "The destination will send nothing more."
    2:
      id: pong
      doc: "Answer to a PING, with its value."
    3:
      id: req_pages_id
      doc: "Pages of a RAM block are wanted now."
    4:
      id: req_pages
      doc: "Pages of the block named last are wanted now."
    5:
      id: recv_bitmap
      doc: "Which pages of a RAM block have arrived; the bitmap follows."
    6:
      id: resume_ack
      doc: "The destination is ready to go on with a paused postcopy."
    7:
      id: switchover_ack
      doc: "A device of the destination agrees to the switchover."
    8:
      id: keepalive
      doc: "Proposed in January 2025 (postcopy-rp-keepalive-period), never merged. 8 was the next free number then; what it carries is not known."
