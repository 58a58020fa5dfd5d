meta:
  id: xbzrle_page
  title: XbzrlePage
  endian: be
doc: "Data of an XBZRLE record, before the encoded bytes."
doc-ref: "QEMU migration/ram.c, save_xbzrle_page(), 2.5 to 11.1"
seq:
  - id: encoding
    type: u1
    valid: "0x1"
    doc: "ENCODING_FLAG_XBZRLE."
  - id: length
    type: u2
    doc: "Bytes of encoded differences that follow."
