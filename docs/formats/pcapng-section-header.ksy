meta:
  id: pcapng_section_header
  title: PcapngSectionHeader
  endian: le
doc: "Begins a section. Options follow."
doc-ref: "pcapng file format, draft-ietf-opsawg-pcapng, Section Header Block"
seq:
  - id: type
    type: u4
    enum: type
    doc: "What the block is."
  - id: total_length
    type: u4
    doc: "Bytes of the block; repeated at its end."
  - id: byte_order_magic
    type: u4
    doc: "0x1a2b3c4d in the byte order of the section."
  - id: version_major
    type: u2
    doc: "1."
  - id: version_minor
    type: u2
    doc: "0 or 2."
  - id: section_length_low
    type: u4
    doc: "Bytes of the section, or all ones where the writer could not know."
  - id: section_length_high
    type: u4
    doc: "Its other half. Which half comes first depends on the byte order."
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
