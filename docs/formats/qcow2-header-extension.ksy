meta:
  id: qcow2_header_extension
  title: Qcow2HeaderExtension
  endian: be
doc: "Precedes the data of a header extension, which is padded to a multiple of 8 bytes."
doc-ref: "QEMU docs/interop/qcow2.rst and block/qcow2.c, qcow2_read_extensions(), 0.11 to 11.1"
seq:
  - id: type
    type: u4
    enum: type
    doc: "What it holds; others may be ignored."
  - id: length
    type: u4
    doc: "Bytes of data, without padding."
enums:
  type:
    0:
      id: end
      doc: "No more extensions."
    87539319:
      id: encryption
      doc: "Where the LUKS header is."
    595929205:
      id: bitmaps
      doc: "Where persistent dirty bitmaps are."
    1145132097:
      id: data_file
      doc: "Name of the external data file."
    1745090647:
      id: feature_names
      doc: "Names of feature bits."
    3799591626:
      id: backing_format
      doc: "Name of the format of the backing file."
