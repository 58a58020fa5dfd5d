meta:
  id: pcapng_block_trailer
  title: PcapngBlockTrailer
  endian: le
doc: "Ends each block."
doc-ref: "pcapng file format, draft-ietf-opsawg-pcapng, General Block Structure"
seq:
  - id: total_length
    type: u4
    doc: "Bytes of the block; repeated at its end."
