meta:
  id: ipv6_header
  title: Ipv6Header
  endian: be
doc: "Begins an IPv6 packet."
doc-ref: "Internet protocols, RFC 8200"
seq:
  - id: version_and_flow
    type: u4
    doc: "6 in the upper four bits, then traffic class and flow label."
  - id: payload_length
    type: u2
    doc: "Bytes behind this header; 0 in jumbograms."
  - id: next_header
    type: u1
    doc: "What follows; 6 is TCP."
  - id: hop_limit
    type: u1
    doc: "Hops left."
  - id: source
    size: 16
    doc: "Address."
  - id: destination
    size: 16
    doc: "Address."
