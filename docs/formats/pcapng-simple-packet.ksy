meta:
  id: pcapng_simple_packet
  title: PcapngSimplePacket
  endian: le
doc: "Precedes a packet of the first interface, cut off at its snap length."
doc-ref: "pcapng file format, draft-ietf-opsawg-pcapng, Simple Packet Block"
seq:
  - id: type
    type: u4
    enum: type
    doc: "What the block is."
  - id: total_length
    type: u4
    doc: "Bytes of the block; repeated at its end."
  - id: original_length
    type: u4
    doc: "Bytes the packet had on the wire."
enums:
  type:
    1:
      id: interface_description
      doc: "Describes the next interface of the section."
    2:
      id: obsolete_packet
      doc: "A packet, as written before the enhanced kind."
    3:
      id: simple_packet
      doc: "A packet without a time."
    4:
      id: name_resolution
      doc: "Names of addresses."
    5:
      id: interface_statistics
      doc: "Counts of an interface."
    6:
      id: enhanced_packet
      doc: "A packet."
    9:
      id: systemd_journal
      doc: "An entry of the journal."
    10:
      id: decryption_secrets
      doc: "Keys of a TLS session."
    168627466:
      id: section_header
      doc: "Begins a section, with a byte order of its own."
