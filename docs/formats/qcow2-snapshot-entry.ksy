meta:
  id: qcow2_snapshot_entry
  title: Qcow2SnapshotEntry
  endian: be
doc: "One snapshot. Extra data, id and name follow, then padding to a multiple of 8 bytes."
doc-ref: "QEMU docs/interop/qcow2.rst and block/qcow2.h, QCowSnapshotHeader, 0.9 to 11.1"
seq:
  - id: l1_table_offset
    type: u8
    doc: "Where the L1 table of the snapshot is."
  - id: l1_size
    type: u4
    doc: "Entries of that table."
  - id: id_length
    type: u2
    doc: "Bytes of the id, which has no NUL."
  - id: name_length
    type: u2
    doc: "Bytes of the name, which has no NUL."
  - id: date_seconds
    type: u4
    doc: "When it was taken, since 1970."
  - id: date_nanoseconds
    type: u4
    doc: "Rest of that time."
  - id: vm_clock
    type: u8
    doc: "How long the guest had run."
  - id: vm_state_size
    type: u4
    doc: "Bytes of VM state; 0 without one, or where it takes 64 bits."
  - id: extra_length
    type: u4
    doc: "Bytes of extra data; at most 1024, at least 16 in version 3."
