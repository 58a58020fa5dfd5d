meta:
  id: tcp_header
  title: TcpHeader
  endian: be
doc: "Begins a TCP segment. Options follow where the header is longer than 20 bytes."
doc-ref: "Internet protocols, RFC 9293"
seq:
  - id: source_port
    type: u2
    doc: "Port."
  - id: destination_port
    type: u2
    doc: "Port."
  - id: sequence
    type: u4
    doc: "Number of the first byte, or of SYN."
  - id: acknowledgement
    type: u4
    doc: "Number of the next byte the sender waits for."
  - id: header_length
    type: u1
    doc: "Words of header in the upper half."
  - id: flags
    type: u1
    doc: "Control bits."
  - id: window
    type: u2
    doc: "Bytes the sender can take, before scaling."
  - id: checksum
    type: u2
    doc: "Not looked at: network cards fill it in behind the capture."
  - id: urgent
    type: u2
    doc: "Not looked at."
instances:
  flags_fin:
    value: "(flags & 0x1) != 0"
    doc: "The sender has no more."
  flags_syn:
    value: "(flags & 0x2) != 0"
    doc: "The sender begins."
  flags_rst:
    value: "(flags & 0x4) != 0"
    doc: "The connection is no more."
  flags_psh:
    value: "(flags & 0x8) != 0"
    doc: "Hand it on at once."
  flags_ack:
    value: "(flags & 0x10) != 0"
    doc: "acknowledgement counts."
  flags_urg:
    value: "(flags & 0x20) != 0"
    doc: "urgent counts."
  flags_ece:
    value: "(flags & 0x40) != 0"
    doc: "ECN echo."
  flags_cwr:
    value: "(flags & 0x80) != 0"
    doc: "Congestion window reduced."
