meta:
  id: ipv4_header
  title: Ipv4Header
  endian: be
doc: "Begins an IPv4 packet. Options follow where the header is longer than 20 bytes."
doc-ref: "Internet protocols, RFC 791"
seq:
  - id: version_and_length
    type: u1
    doc: "4 in the upper half, words of header in the lower."
  - id: service
    type: u1
    doc: "Type of service."
  - id: total_length
    type: u2
    doc: "Bytes with the header; 0 in packets that the network card was to cut up."
  - id: identification
    type: u2
    doc: "The same in all fragments of a datagram."
  - id: fragment
    type: u2
    doc: "DF 0x4000, MF 0x2000, and the offset of the fragment in units of 8 bytes."
  - id: time_to_live
    type: u1
    doc: "Hops left."
  - id: protocol
    type: u1
    doc: "6 is TCP."
  - id: checksum
    type: u2
    doc: "Of the header; not looked at."
  - id: source
    size: 4
    doc: "Address."
  - id: destination
    size: 4
    doc: "Address."
