meta:
  id: cooked_header2
  title: CookedHeader2
  endian: be
doc: "Stands for the link layer in a capture on all interfaces of Linux, version 2 (LINKTYPE 276)."
doc-ref: "Link layers, LINKTYPE_LINUX_SLL2"
seq:
  - id: protocol
    type: u2
    enum: protocol
    doc: "Ethernet type of what follows."
  - id: reserved
    type: u2
    doc: "0."
  - id: interface_index
    type: u4
    doc: "Interface that saw the packet."
  - id: hardware_type
    type: u2
    doc: "ARPHRD_ of the interface."
  - id: packet_type
    type: u1
    doc: "To us, broadcast, multicast, to others, or from us."
  - id: address_length
    type: u1
    doc: "Bytes of address that count."
  - id: address
    size: 8
    doc: "Link layer address of the sender."
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
