meta:
  id: qcow2_extended_l2_entry
  title: Qcow2ExtendedL2Entry
  endian: be
doc: "One entry of an L2 table of an image with subclusters."
doc-ref: "QEMU docs/interop/qcow2.rst and block/qcow2.h, qcow2_get_subcluster_type(), 5.2 to 11.1"
seq:
  - id: entry
    type: u8
    doc: "As in a plain L2 table, but bit 0 is never set."
  - id: zero
    type: u4
    doc: "Bit n: subcluster n reads as zeros."
  - id: allocated
    type: u4
    doc: "Bit n: subcluster n is allocated. Both at once are an error."
