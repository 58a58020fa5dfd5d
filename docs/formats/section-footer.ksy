meta:
  id: section_footer
  title: SectionFooter
  endian: be
doc: "Closes a section. Absent for machine types up to 2.3 (send-section-footer=off)."
doc-ref: "QEMU migration/savevm.c, save_section_footer(), 2.4 to 11.1"
seq:
  - id: type
    type: u1
    valid: "0x7e"
    doc: "SECTION_FOOTER."
  - id: section_id
    type: u4
    doc: "Number of the section that ends here."
