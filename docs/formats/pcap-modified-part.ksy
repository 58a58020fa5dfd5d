meta:
  id: pcap_modified_part
  title: PcapModifiedPart
  endian: le
doc: "Follows the record header in files of the modified kind, and is not used."
doc-ref: "pcap file format, libpcap sf-pcap.c, struct pcap_sf_patched_pkthdr"
seq:
  - id: interface_index
    type: u4
    doc: "Interface that saw the packet."
  - id: protocol
    type: u2
    doc: "Ethernet packet type."
  - id: packet_type
    type: u2
    doc: "Packet type in one byte, and a byte of padding."
