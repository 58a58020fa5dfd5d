meta:
  id: qcow2_snapshot_extra
  title: Qcow2SnapshotExtra
  endian: be
doc: "Extra data of a snapshot as it is written since 5.2. Older releases write the first field or two."
doc-ref: "QEMU docs/interop/qcow2.rst and block/qcow2.h, QCowSnapshotExtraData, 5.2 to 11.1"
seq:
  - id: vm_state_size
    type: u8
    doc: "Bytes of VM state, in place of the 32 bits before."
  - id: disk_size
    type: u8
    doc: "Size of the virtual disk then; as in the header where it is not told."
  - id: icount
    type: u8
    doc: "Instructions of record and replay; all ones without that."
