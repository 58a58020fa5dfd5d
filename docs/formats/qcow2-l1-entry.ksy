meta:
  id: qcow2_l1_entry
  title: Qcow2L1Entry
  endian: be
doc: "One entry of an L1 table: where one L2 table is."
doc-ref: "QEMU docs/interop/qcow2.rst and block/qcow2.h, L1E_OFFSET_MASK, 0.9 to 11.1"
seq:
  - id: entry
    type: u8
    doc: "Offset of an L2 table in bits 9 to 55, 0 where nothing is allocated; bit 63 is set where nobody else uses it, which counts in the active table only. Others are 0."
