import { array, type Infer, struct, text, u8, u32, uuid } from "../../layout/index.ts";

const SAVEVM = "QEMU migration/savevm.c";

/** First byte of everything in the stream after the file header. */
export const SectionType = {
  0x00: { name: "EOF", doc: "End of the device state. A vmdescription may follow." },
  0x01: { name: "SECTION_START", doc: "First part of an iterative section, such as RAM." },
  0x02: { name: "SECTION_PART", doc: "A further part of an iterative section." },
  0x03: { name: "SECTION_END", doc: "Last part of an iterative section." },
  0x04: { name: "SECTION_FULL", doc: "A device section, whole." },
  0x05: { name: "SUBSECTION", doc: "Optional part of the state before it." },
  0x06: { name: "VMDESCRIPTION", doc: "JSON description of the device sections.", since: "2.3" },
  0x07: { name: "CONFIGURATION", doc: "Machine name and settings both sides must share.", since: "2.4" },
  0x08: { name: "COMMAND", doc: "A command to the destination.", since: "2.5" },
  0x7e: { name: "SECTION_FOOTER", doc: "Closes a section and repeats its id.", since: "2.4" },
} as const;

export const EOF = 0x00;
export const SECTION_START = 0x01;
export const SECTION_PART = 0x02;
export const SECTION_END = 0x03;
export const SECTION_FULL = 0x04;
export const SUBSECTION = 0x05;
export const VMDESCRIPTION = 0x06;
export const CONFIGURATION = 0x07;
export const COMMAND = 0x08;
export const SECTION_FOOTER = 0x7e;

export const FILE_MAGIC = 0x5145564d;
export const FILE_VERSION = 3;

export const FileHeader = struct({
  name: "FileHeader",
  endian: "be",
  doc: "The first eight bytes of a migration stream.",
  source: `${SAVEVM}, qemu_savevm_state_header(), 2.5 to 11.1`,
  fields: {
    magic: u32('"QEVM".', { equals: FILE_MAGIC, format: "hex" }),
    version: u32("Stream format. Version 3 came with 0.10.", {
      values: {
        2: { name: "COMPAT", doc: "Written before 0.10. No release since 2.5 reads it." },
        3: { name: "CURRENT", doc: "The only format in use." },
      },
    }),
  },
});

export const SectionHeader = struct({
  name: "SectionHeader",
  endian: "be",
  doc: "Opens a START or FULL section.",
  source: `${SAVEVM}, save_section_header(), 2.5 to 11.1`,
  fields: {
    type: u8("SECTION_START or SECTION_FULL.", { values: SectionType, format: "hex" }),
    sectionId: u32("Number by which later parts and the footer name the section."),
    idLength: u8("Bytes of idstr."),
    idstr: text("Name of the device or subsystem.", { length: { field: "idLength" } }),
    instanceId: u32("Tells equal devices apart."),
    versionId: u32("Version of the section's payload."),
  },
});
export type SectionHeader = Infer<typeof SectionHeader>;

export const SectionPartHeader = struct({
  name: "SectionPartHeader",
  endian: "be",
  doc: "Opens a PART or END section.",
  source: `${SAVEVM}, save_section_header(), 2.5 to 11.1`,
  fields: {
    type: u8("SECTION_PART or SECTION_END.", { values: SectionType, format: "hex" }),
    sectionId: u32("Number given by the START section."),
  },
});

export const SectionFooter = struct({
  name: "SectionFooter",
  endian: "be",
  doc: "Closes a section. Absent for machine types up to 2.3 (send-section-footer=off).",
  source: `${SAVEVM}, save_section_footer(), 2.4 to 11.1`,
  fields: {
    type: u8("SECTION_FOOTER.", { equals: SECTION_FOOTER, format: "hex" }),
    sectionId: u32("Number of the section that ends here."),
  },
});

export const EndOfFile = struct({
  name: "EndOfFile",
  endian: "be",
  doc: "Ends the sections.",
  source: `${SAVEVM}, qemu_savevm_state_complete_precopy(), 2.5 to 11.1`,
  fields: { type: u8("EOF.", { equals: EOF, format: "hex" }) },
});

export const VmDescriptionHeader = struct({
  name: "VmDescriptionHeader",
  endian: "be",
  doc: "Introduces the JSON text that describes the device sections. No destination reads it.",
  source: `${SAVEVM}, qemu_savevm_state_complete_precopy_non_iterable(), 2.3 to 11.1`,
  fields: {
    type: u8("VMDESCRIPTION.", { equals: VMDESCRIPTION, format: "hex" }),
    length: u32("Bytes of JSON that follow."),
  },
});

export const ConfigurationHeader = struct({
  name: "ConfigurationHeader",
  endian: "be",
  doc: "Opens the configuration section. The machine name follows.",
  source: `${SAVEVM}, vmstate_configuration, 2.4 to 11.1`,
  fields: {
    type: u8("CONFIGURATION.", { equals: CONFIGURATION, format: "hex" }),
    nameLength: u32("Bytes of the machine name."),
  },
});

export const SubsectionHeader = struct({
  name: "SubsectionHeader",
  endian: "be",
  doc: "Opens a subsection: an optional piece of state, sent only when it is needed.",
  source: "QEMU migration/vmstate.c, vmstate_subsection_save(), 2.5 to 11.1",
  fields: {
    type: u8("SUBSECTION.", { equals: SUBSECTION, format: "hex" }),
    idLength: u8("Bytes of idstr."),
    idstr: text("Name of the parent, a slash, and a name of its own.", { length: { field: "idLength" } }),
    versionId: u32("Version of the subsection."),
  },
});

export const TargetPageBits = struct({
  name: "TargetPageBits",
  endian: "be",
  doc: "Subsection configuration/target-page-bits: log2 of the target's page size, for targets where it varies.",
  source: `${SAVEVM}, vmstate_target_page_bits, 2.9 to 11.1`,
  fields: { targetPageBits: u32("log2 of the page size.", { unit: "bits" }) },
});

export const CapabilityName = struct({
  name: "CapabilityName",
  endian: "be",
  doc: "One migration capability by name.",
  source: `${SAVEVM}, put_capability() up to 11.0, save_capability() in 11.1`,
  fields: {
    nameLength: u8("Bytes of name."),
    capability: text("QAPI name of the capability.", { length: { field: "nameLength" } }),
  },
});

export const Capabilities = struct({
  name: "Capabilities",
  endian: "be",
  doc: "Subsection configuration/capabilities: those in use that both sides must share (x-ignore-shared, mapped-ram).",
  source: `${SAVEVM}, vmstate_capabilites, 4.0 to 11.1`,
  fields: {
    count: u32("How many names follow."),
    names: array("Capabilities that are on, in the order of QAPI's enumeration.", {
      of: CapabilityName,
      count: { field: "count" },
    }),
  },
});

export const ConfigurationUuid = struct({
  name: "ConfigurationUuid",
  endian: "be",
  doc: "Subsection configuration/uuid: the VM's UUID, sent when validate-uuid is on and the VM has one.",
  source: `${SAVEVM}, vmstate_uuid, 4.2 to 11.1`,
  fields: { uuid: uuid("UUID of the VM.") },
});
