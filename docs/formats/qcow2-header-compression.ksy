meta:
  id: qcow2_header_compression
  title: Qcow2HeaderCompression
  endian: be
doc: "Follows where the header length has room for it."
doc-ref: "QEMU docs/interop/qcow2.rst and block/qcow2.h, QCowHeader, 5.1 to 11.1"
seq:
  - id: compression_type
    type: u1
    enum: compression_type
    doc: "Of all compressed clusters."
  - id: padding
    size: 7
    doc: "Makes the header a multiple of 8."
enums:
  compression_type:
    0:
      id: zlib
      doc: "Deflate without a zlib header, in a window of 4096 bytes."
    1:
      id: zstd
      doc: "Zstandard frames."
