meta:
  id: qcow2_header
  title: Qcow2Header
  endian: be
doc: "Begins a qcow2 file; all of it in version 2."
doc-ref: "QEMU docs/interop/qcow2.rst and block/qcow2.h, QCowHeader, 0.9 to 11.1"
seq:
  - id: magic
    type: u4
    valid: "0x514649fb"
    doc: "QFI and 0xfb."
  - id: version
    type: u4
    doc: "2 (compat=0.10) or 3 (compat=1.1, since 1.1); 1 is the older qcow format."
  - id: backing_file_offset
    type: u8
    doc: "Where the name of the backing file is; 0 without one."
  - id: backing_file_size
    type: u4
    doc: "Bytes of that name, which has no NUL; at most 1023."
  - id: cluster_bits
    type: u4
    doc: "A cluster has 2^n bytes: 9 to 21."
  - id: size
    type: u8
    doc: "Size of the virtual disk. The VM state of snapshots lies behind it."
  - id: crypt_method
    type: u4
    enum: crypt_method
    doc: "How guest clusters are encrypted."
  - id: l1_size
    type: u4
    doc: "Entries of the active L1 table."
  - id: l1_table_offset
    type: u8
    doc: "Where the active L1 table is."
  - id: refcount_table_offset
    type: u8
    doc: "Where the refcount table is."
  - id: refcount_table_clusters
    type: u4
    doc: "Clusters of the refcount table."
  - id: snapshot_count
    type: u4
    doc: "Internal snapshots; at most 65536."
  - id: snapshots_offset
    type: u8
    doc: "Where the snapshot table is."
enums:
  crypt_method:
    0:
      id: none
      doc: "Not encrypted."
    1:
      id: aes
      doc: "AES-CBC; system emulators refuse it."
    2:
      id: luks
      doc: "LUKS; a header extension tells where its header is."
