meta:
  id: pcapng_option
  title: PcapngOption
  endian: le
doc: "Precedes the value of an option, which is padded to 32 bits."
doc-ref: "pcapng file format, draft-ietf-opsawg-pcapng, Options"
seq:
  - id: code
    type: u2
    doc: "Meaning depends on the block; 0 ends the list."
  - id: length
    type: u2
    doc: "Bytes of the value."
