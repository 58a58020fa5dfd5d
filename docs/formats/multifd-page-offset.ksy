meta:
  id: multifd_page_offset
  title: MultifdPageOffset
  endian: be
doc: "One entry of a packet's offset array. Entries beyond the page counts mean nothing."
doc-ref: "QEMU migration/multifd.c, multifd_send_fill_packet(), 5.0 to 11.1; migration/ram.c in 3.0 to 4.2"
seq:
  - id: offset
    type: u8
    doc: "Offset of the page in the block."
