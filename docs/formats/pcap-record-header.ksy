meta:
  id: pcap_record_header
  title: PcapRecordHeader
  endian: le
doc: "Precedes each packet."
doc-ref: "pcap file format, draft-ietf-opsawg-pcap, Packet Record"
seq:
  - id: seconds
    type: u4
    doc: "Since 1970."
  - id: fraction
    type: u4
    doc: "Microseconds or nanoseconds, as the magic says."
  - id: captured_length
    type: u4
    doc: "Bytes that follow."
  - id: original_length
    type: u4
    doc: "Bytes the packet had on the wire."
