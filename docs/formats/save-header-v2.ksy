meta:
  id: save_header_v2
  title: SaveHeaderV2
  endian: le
doc: "The header before there were cookies. The numbers were signed before 0.9.1, and never swapped."
doc-ref: "libvirt src/qemu/qemu_driver.c, struct _virQEMUSaveHeader (qemud_save_header), 0.7.1 to 3.4.0"
seq:
  - id: magic
    type: str
    size: 16
    encoding: "UTF-8"
    doc: "LibvirtQemudSave once the stream is whole, LibvirtQemudPart until then (since 0.9.5); no NUL behind it."
  - id: version
    type: u4
    doc: "2."
  - id: data_length
    type: u4
    doc: "C: xml_len. Bytes from the header to the stream: XML, its NUL, zeros."
  - id: was_running
    type: u4
    doc: "0 leaves the guest paused after a restore, anything else runs it."
  - id: format
    type: u4
    enum: format
    doc: "C: compressed. How the stream is written."
  - id: unused
    size: 60
    doc: "Written as zero, never looked at, in no byte order."
enums:
  format:
    0:
      id: raw
      doc: "The QEMU stream as it is. Before 0.7.1 there was no such field and nothing else."
    1:
      id: gzip
      doc: "Written by gzip -c, read by gzip -dc."
    2:
      id: bzip2
      doc: "Written by bzip2 -c, read by bzip2 -dc."
    3:
      id: xz
      doc: "Written by xz -c, with -3 since 6.0.0; read by xz -dc. No release wrote lzma, which 3 meant in August 2009."
    4:
      id: lzop
      doc: "Written by lzop -c; read by lzop -dc, with --ignore-warn since 1.0.3."
    5:
      id: zstd
      doc: "Written by zstd -c, read by zstd -dc."
    6:
      id: sparse
      doc: "A mapped-ram stream that QEMU writes into the file; its offsets count from the start of the file."
