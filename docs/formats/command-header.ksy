meta:
  id: command_header
  title: CommandHeader
  endian: be
doc: "A command to the destination. It has no section id and no footer."
doc-ref: "QEMU migration/savevm.c, qemu_savevm_command_send(), 2.5 to 11.1"
seq:
  - id: type
    type: u1
    valid: "0x8"
    doc: "COMMAND."
  - id: command
    type: u2
    enum: command
    doc: "What to do."
  - id: length
    type: u2
    doc: "Bytes of payload."
enums:
  command:
    1:
      id: open_return_path
      doc: "Open the return path."
    2:
      id: ping
      doc: "Answer with a PONG of the same value."
    3:
      id: postcopy_advise
      doc: "Postcopy may follow; page sizes to agree on."
    4:
      id: postcopy_listen
      doc: "Get ready to receive pages while devices load."
    5:
      id: postcopy_run
      doc: "Start the guest."
    6:
      id: postcopy_ram_discard
      doc: "Pages sent before are stale; drop them."
    7:
      id: packaged
      doc: "Device state in one piece, so that the channel is free for pages."
    8:
      id: enable_colo
      doc: "The source will go on in COLO mode. Refused since 11.0."
    9:
      id: postcopy_resume
      doc: "Resume a paused postcopy."
    10:
      id: recv_bitmap
      doc: "Ask for the received-page bitmap of a RAM block."
    11:
      id: switchover_start
      doc: "The source stops; the last device state follows."
