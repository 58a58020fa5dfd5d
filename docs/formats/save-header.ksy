meta:
  id: save_header
  title: SaveHeader
  endian: le
doc: "Opens a save image of the QEMU driver, in the byte order of the host that wrote it: a reader swaps the five numbers once if version is more than 2. The domain XML follows."
doc-ref: "libvirt src/qemu/qemu_saveimage.h, struct _virQEMUSaveHeader, 3.5.0 to 12.8.0"
seq:
  - id: magic
    type: str
    size: 16
    encoding: "UTF-8"
    doc: "LibvirtQemudSave once the stream is whole, LibvirtQemudPart until then (since 0.9.5); no NUL behind it."
  - id: version
    type: u4
    doc: "2; no release writes another. 0 and 1 are read as images without a format: raw."
  - id: data_length
    type: u4
    doc: "C: data_len. Bytes from the header to the stream: XML, its NUL, the cookie, its NUL, zeros."
  - id: was_running
    type: u4
    doc: "0 leaves the guest paused after a restore, anything else runs it."
  - id: format
    type: u4
    enum: format
    doc: "How the stream is written, in version 2. C: compressed until some release after 9.0.0."
  - id: cookie_offset
    type: u4
    doc: "Of the save cookie, from the end of the header; 0 if there is none."
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
