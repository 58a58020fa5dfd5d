meta:
  id: target_page_bits
  title: TargetPageBits
  endian: be
doc: "Subsection configuration/target-page-bits: log2 of the target's page size, for targets where it varies."
doc-ref: "QEMU migration/savevm.c, vmstate_target_page_bits, 2.9 to 11.1"
seq:
  - id: target_page_bits
    type: u4
    doc: "log2 of the page size."
