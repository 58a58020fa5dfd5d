meta:
  id: pcap_file_header
  title: PcapFileHeader
  endian: le
doc: "Begins a pcap file, in the writer's byte order."
doc-ref: "pcap file format, draft-ietf-opsawg-pcap, File Header"
seq:
  - id: magic
    type: u4
    enum: magic
    doc: "Tells byte order and resolution."
  - id: version_major
    type: u2
    doc: "2."
  - id: version_minor
    type: u2
    doc: "4."
  - id: this_zone
    type: u4
    doc: "Not used; 0."
  - id: significant_figures
    type: u4
    doc: "Not used; 0."
  - id: snap_length
    type: u4
    doc: "Most bytes kept of a packet."
  - id: link_type
    type: u4
    doc: "LINKTYPE_ of all packets in the low 16 bits; the top bits may give the length of an FCS."
enums:
  magic:
    2712812621:
      id: nanoseconds
      doc: "Fractions of a second are nanoseconds."
    2712847316:
      id: microseconds
      doc: "Fractions of a second are microseconds."
    2712849716:
      id: modified
      doc: "Microseconds; records have eight more bytes of header."
