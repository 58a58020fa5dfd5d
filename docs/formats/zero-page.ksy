meta:
  id: zero_page
  title: ZeroPage
  endian: be
doc: "Data of a ZERO record. Readers since 8.2 refuse a byte that is not zero."
doc-ref: "QEMU migration/ram.c, save_zero_page(), 2.5 to 11.1"
seq:
  - id: fill
    type: u1
    doc: "Byte that fills the page."
