meta:
  id: qcow2_header_part3
  title: Qcow2HeaderPart3
  endian: be
doc: "Follows the header in version 3."
doc-ref: "QEMU docs/interop/qcow2.rst and block/qcow2.h, QCowHeader, 1.1 to 11.1"
seq:
  - id: incompatible_high
    type: u4
    doc: "Incompatible features 32 to 63; none is known."
  - id: incompatible
    type: u4
    doc: "An image with a bit that is not known cannot be read."
  - id: compatible_high
    type: u4
    doc: "Compatible features 32 to 63; none is known."
  - id: compatible
    type: u4
    doc: "Bits that are not known may be ignored."
  - id: autoclear_high
    type: u4
    doc: "Autoclear features 32 to 63; none is known."
  - id: autoclear
    type: u4
    doc: "A writer clears bits that it does not know."
  - id: refcount_order
    type: u4
    doc: "Refcounts have 2^n bits: 0 to 6; 4 in version 2."
  - id: header_length
    type: u4
    doc: "Bytes up to the header extensions: at least 104, a multiple of 8."
instances:
  incompatible_dirty:
    value: "(incompatible & 0x1) != 0"
    doc: "Refcounts may be wrong; the mapping of clusters is not."
  incompatible_corrupt:
    value: "(incompatible & 0x2) != 0"
    doc: "QEMU found the tables damaged and opens the image for reading only."
  incompatible_data_file:
    value: "(incompatible & 0x4) != 0"
    doc: "Guest clusters are in another file; there are no snapshots."
  incompatible_compression:
    value: "(incompatible & 0x8) != 0"
    doc: "Compressed clusters are not deflate."
  incompatible_extended_l2:
    value: "(incompatible & 0x10) != 0"
    doc: "L2 entries have 16 bytes, and clusters have subclusters."
  compatible_lazy_refcounts:
    value: "(compatible & 0x1) != 0"
    doc: "Refcounts may be written late, while the image is dirty."
  autoclear_bitmaps:
    value: "(autoclear & 0x1) != 0"
    doc: "The bitmaps extension is consistent."
  autoclear_data_file_raw:
    value: "(autoclear & 0x2) != 0"
    doc: "The external data file is a raw image of its own."
