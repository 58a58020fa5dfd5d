meta:
  id: compressed_page
  title: CompressedPage
  endian: be
doc: "Data of a COMPRESS_PAGE record, before the zlib stream."
doc-ref: "QEMU migration/ram.c, do_compress_ram_page(), 2.5 to 8.0; migration/ram-compress.c up to 9.0"
seq:
  - id: length
    type: u4
    doc: "Bytes of zlib stream that follow."
