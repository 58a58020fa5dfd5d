meta:
  id: ipv6_fragment_header
  title: Ipv6FragmentHeader
  endian: be
doc: "Extension header 44: the packet holds a part of a datagram."
doc-ref: "Internet protocols, RFC 8200"
seq:
  - id: next_header
    type: u1
    doc: "What the datagram begins with."
  - id: reserved
    type: u1
    doc: "0."
  - id: fragment
    type: u2
    doc: "Offset in bytes; the lowest bit says that more follow."
  - id: identification
    type: u4
    doc: "The same in all fragments of a datagram."
