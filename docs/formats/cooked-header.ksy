meta:
  id: cooked_header
  title: CookedHeader
  endian: be
doc: "Stands for the link layer in a capture on all interfaces of Linux (LINKTYPE 113)."
doc-ref: "Link layers, LINKTYPE_LINUX_SLL"
seq:
  - id: packet_type
    type: u2
    doc: "To us, broadcast, multicast, to others, or from us."
  - id: hardware_type
    type: u2
    doc: "ARPHRD_ of the interface."
  - id: address_length
    type: u2
    doc: "Bytes of address that count."
  - id: address
    size: 8
    doc: "Link layer address of the sender."
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
