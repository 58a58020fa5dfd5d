meta:
  id: qcow2_l2_entry
  title: Qcow2L2Entry
  endian: be
doc: "One entry of an L2 table: where one cluster is."
doc-ref: "QEMU docs/interop/qcow2.rst and block/qcow2.h, L2E_OFFSET_MASK and qcow2_get_cluster_type(), 0.9 to 11.1"
seq:
  - id: entry
    type: u8
    doc: "Bit 62 tells a compressed cluster: its offset in the low 70 - clusterBits bits, then how many sectors of 512 bytes it goes on into. Otherwise bits 9 to 55 are the offset, 0 where nothing is allocated. Bit 63 is set where nobody else uses it."
instances:
  entry_zero:
    value: "(entry & 0x1) != 0"
    doc: "Reads as zeros; version 3 only."
