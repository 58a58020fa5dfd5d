meta:
  id: save_header_proposed
  title: SaveHeaderProposed
  endian: le
doc: "SaveHeaderV2 with the word that was proposed in August 2011 and never merged. Since 3.5.0 its place holds cookieOffset."
doc-ref: "proposed for libvirt src/qemu/qemu_driver.c, struct qemud_save_header, between 0.9.4 and 0.9.5; in no release"
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
  - id: complete
    type: u4
    enum: complete
    doc: "Whether the stream is whole; swapped with the other numbers."
  - id: unused
    size: 56
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
  complete:
    0:
      id: unknown
      doc: "Written by a release that does not know the word."
    1:
      id: in_progress
      doc: "The stream is not whole, or nobody came to say that it is."
    2:
      id: done
      doc: "The stream is whole."
