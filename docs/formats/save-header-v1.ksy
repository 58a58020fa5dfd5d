meta:
  id: save_header_v1
  title: SaveHeaderV1
  endian: le
doc: "The first header. The numbers were signed."
doc-ref: "libvirt src/qemu_driver.c, struct qemud_save_header, 0.3.2 to 0.7.0"
seq:
  - id: magic
    type: str
    size: 16
    encoding: "UTF-8"
    doc: "LibvirtQemudSave once the stream is whole, LibvirtQemudPart until then (since 0.9.5); no NUL behind it."
  - id: version
    type: u4
    doc: "1."
  - id: data_length
    type: u4
    doc: "C: xml_len. Bytes from the header to the stream: XML and its NUL."
  - id: was_running
    type: u4
    doc: "0 leaves the guest paused after a restore, anything else runs it."
  - id: unused
    size: 64
    doc: "Written as zero, never looked at, in no byte order."
