meta:
  id: ram_record
  title: RamRecord
  endian: be
doc: "Every record of the ram section begins with this word: an offset within the block, or a size, ORed with flags."
doc-ref: "QEMU migration/ram.c, save_page_header(), 2.5 to 11.1"
seq:
  - id: word
    type: u8
    doc: "Offset or size, page aligned, with flags in the low bits."
instances:
  word_full:
    value: "(word & 0x1) != 0"
    doc: "Obsolete, never written."
  word_zero:
    value: "(word & 0x2) != 0"
    doc: "A page filled with one byte (called COMPRESS before 2.10)."
  word_mem_size:
    value: "(word & 0x4) != 0"
    doc: "Total RAM size; the block list follows."
  word_page:
    value: "(word & 0x8) != 0"
    doc: "A page as it is."
  word_eos:
    value: "(word & 0x10) != 0"
    doc: "End of this section's records."
  word_continue:
    value: "(word & 0x20) != 0"
    doc: "Same block as the record before; no name follows."
  word_xbzrle:
    value: "(word & 0x40) != 0"
    doc: "Differences to the page sent before."
  word_hook:
    value: "(word & 0x80) != 0"
    doc: "RDMA control, no data."
  word_compress_page:
    value: "(word & 0x100) != 0"
    doc: "A page as a zlib stream."
  word_multifd_flush:
    value: "(word & 0x200) != 0"
    doc: "The multifd channels were synchronised here."
