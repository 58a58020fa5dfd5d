meta:
  id: ethernet_header
  title: EthernetHeader
  endian: be
doc: "Begins an Ethernet frame (LINKTYPE 1)."
doc-ref: "Link layers, IEEE 802.3"
seq:
  - id: destination
    size: 6
    doc: "Address."
  - id: source
    size: 6
    doc: "Address."
  - id: protocol
    type: u2
    enum: protocol
    doc: "Ethernet type of what follows."
enums:
  protocol:
    2048:
      id: ipv4
      doc: "IPv4."
    33024:
      id: vlan
      doc: "An 802.1Q tag follows."
    34525:
      id: ipv6
      doc: "IPv6."
    34984:
      id: service_vlan
      doc: "An 802.1ad tag follows."
