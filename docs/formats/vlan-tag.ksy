meta:
  id: vlan_tag
  title: VlanTag
  endian: be
doc: "Follows the Ethernet type 0x8100 or 0x88a8; tags may be nested."
doc-ref: "Link layers, IEEE 802.1Q"
seq:
  - id: control
    type: u2
    doc: "Priority, and the number of the VLAN in the low 12 bits."
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
