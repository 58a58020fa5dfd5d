meta:
  id: pcapng_enhanced_packet
  title: PcapngEnhancedPacket
  endian: le
doc: "Precedes a packet. Options follow it."
doc-ref: "pcapng file format, draft-ietf-opsawg-pcapng, Enhanced Packet Block"
seq:
  - id: type
    type: u4
    enum: type
    doc: "What the block is."
  - id: total_length
    type: u4
    doc: "Bytes of the block; repeated at its end."
  - id: interface_id
    type: u4
    doc: "Which interface of the section."
  - id: time_high
    type: u4
    doc: "Upper half of the time, in units of the interface's if_tsresol."
  - id: time_low
    type: u4
    doc: "Lower half."
  - id: captured_length
    type: u4
    doc: "Bytes of the packet that follow, before padding to 32 bits."
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
