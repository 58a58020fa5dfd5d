import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";
import { movedText } from "../../moved-text.ts";

/** The text for a section whose name is empty or cut off. */
export const IDSTR_UNREADABLE = movedText({
  id: "qemu/sections/idstr",
  claim: "A section has a name.",
  template: "Unable to read ID string for section %u",
  since: "2.5",
  movedIn: "10.2",
  commit: "4493752653",
  where: "2.5.0 to 10.1.0: migration/savevm.c, qemu_loadvm_section_start_full()",
});

/** The text for a section header that is cut off behind the name. */
export const INSTANCE_UNREADABLE = movedText({
  id: "qemu/sections/instance-cut",
  claim: "Instance and version are noticed to be missing.",
  template: "qemu_loadvm_section_start_full: Failed to read instance/version ID: %d",
  told: "Failed to read instance/version ID: %d",
  since: "2.12",
  movedIn: "10.2",
  commit: "4493752653",
  where: "2.12.0 to 10.1.0: migration/savevm.c, qemu_loadvm_section_start_full()",
});

/** The text for a section of which nothing is known here. */
export const SECTION_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/sections/unknown/plain",
    claim: "A section or instance that the machine does not have is refused.",
    value: { template: "Unknown savevm section or instance '%s' %d", to: "stderr" },
    since: "2.5",
    until: "3.1",
    evidence: [
      { kind: "source", where: "2.5.0 to 3.0.0: migration/savevm.c, qemu_loadvm_section_start_full()" },
    ],
  },
  {
    id: "qemu/sections/unknown/advice",
    claim: "Advice follows.",
    value: {
      template:
        "Unknown savevm section or instance '%s' %d. Make sure that your current VM setup matches your saved VM setup, including any hotplugged devices",
      to: "stderr",
    },
    since: "3.1",
    until: "5.0",
    evidence: [{ kind: "source", where: "3.1.0: migration/savevm.c, qemu_loadvm_section_start_full()" }],
  },
  {
    id: "qemu/sections/unknown/unsigned",
    claim: "The instance is printed without a sign.",
    value: {
      template:
        "Unknown savevm section or instance '%s' %u. Make sure that your current VM setup matches your saved VM setup, including any hotplugged devices",
      to: "stderr",
    },
    since: "5.0",
    until: "10.2",
    evidence: [
      { kind: "source", where: "5.0.0: migration/savevm.c, qemu_loadvm_section_start_full()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
  {
    id: "qemu/sections/unknown/told",
    claim: "It is part of the error.",
    value: {
      template:
        "Unknown section or instance '%s' %u. Make sure that your current VM setup matches your saved VM setup, including any hotplugged devices",
      to: "error",
    },
    since: "10.2",
    evidence: [
      { kind: "source", where: "10.2.0: migration/savevm.c, qemu_loadvm_section_start_full()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** The text for a section of a version above the own. */
export const SECTION_NEWER = movedText({
  id: "qemu/sections/newer",
  claim: "A version above the own is refused before the state is looked at.",
  template: "savevm: unsupported version %d for '%s' v%d",
  told: "unsupported version %d for '%s' v%d",
  since: "2.5",
  movedIn: "10.2",
  commit: "4493752653",
  where: "2.5.0 to 10.1.0: migration/savevm.c, qemu_loadvm_section_start_full()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** What is said of a failure inside the state of a first or full section. */
export const START_FAILED = movedText({
  id: "qemu/sections/start-failed",
  claim: "The device and instance are named.",
  template: "error while loading state for instance 0x%x of device '%s'",
  since: "2.5",
  movedIn: "10.2",
  commit: "93062e2361",
  where: "2.5.0 to 10.1.0: migration/savevm.c, qemu_loadvm_section_start_full()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** The text for a part whose section id is cut off. */
export const PART_UNREADABLE = movedText({
  id: "qemu/sections/part-cut",
  claim: "A section id is noticed to be missing.",
  template: "qemu_loadvm_section_part_end: Failed to read section ID: %d",
  told: "Failed to read section ID: %d",
  since: "2.12",
  movedIn: "10.2",
  commit: "8b6dad124b",
  where: "2.12.0 to 10.1.0: migration/savevm.c, qemu_loadvm_section_part_end()",
});

/** The text for a part of a section that has not begun. */
export const PART_UNKNOWN = movedText({
  id: "qemu/sections/part-unknown",
  claim: "A part belongs to a section that has begun.",
  template: "Unknown savevm section %d",
  told: "Unknown section %d",
  since: "2.5",
  movedIn: "10.2",
  commit: "8b6dad124b",
  where: "2.5.0 to 10.1.0: migration/savevm.c, qemu_loadvm_section_part_end()",
});

/** What is printed of a failure inside a later part. */
export const PART_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/sections/part-failed",
    claim: "The section of a part that fails is printed.",
    value: { template: "error while loading state section id %d(%s)", to: "stderr" },
    since: "2.5",
    until: "10.2",
    evidence: [
      { kind: "source", where: "2.5.0 to 10.1.0: migration/savevm.c, qemu_loadvm_section_part_end()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
];

/** The text for state without a description that failed to load. */
export const STATE_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/sections/state-failed",
    claim: "A loader that only has an errno is told with the version.",
    value: { template: "Failed to load vmstate version_id: %d, ret: %d", to: "error" },
    since: "10.2",
    evidence: [
      { kind: "source", where: "10.2.0: migration/savevm.c, vmstate_load()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** The text for a footer that is cut off before its first byte. */
export const FOOTER_UNREADABLE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/sections/footer-cut",
    claim: "The first byte of a footer is noticed to be missing.",
    value: { template: "check_section_footer: Read section footer failed: %d", to: "stderr" },
    since: "2.12",
    evidence: [{ kind: "source", where: "2.12.0: migration/savevm.c, check_section_footer()" }],
  },
];

/** The text for state that is not followed by a footer. */
export const FOOTER_MISSING: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/sections/footer-missing",
    claim: "A footer must follow the state.",
    value: { template: "Missing section footer for %s", to: "stderr" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0: migration/savevm.c, check_section_footer()" }],
  },
];

/** The text for a footer of another section. */
export const FOOTER_DIFFERS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/sections/footer-differs",
    claim: "A footer repeats its section's id.",
    value: { template: "Mismatched section id in footer for %s - read 0x%x expected 0x%x", to: "stderr" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0: migration/savevm.c, check_section_footer()" }],
  },
];

/** What is told of a wrong footer. */
export const FOOTER_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/sections/footer-failed",
    claim: "A wrong footer is told with the section id.",
    value: { template: "Section footer error, section_id: %d", to: "error" },
    since: "10.2",
    evidence: [
      { kind: "source", where: "10.2.0: migration/savevm.c, qemu_loadvm_section_start_full()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** How the section of a part is found. */
export const IDS_BY_DEVICE: readonly Fact[] = [
  {
    id: "qemu/sections/ids-by-device",
    claim:
      "Each device remembers the id it was last loaded under, zero at first; before, every section that began was remembered.",
    value: true,
    since: "2.10",
    evidence: [
      { kind: "source", where: "2.9.0 and 2.10.0: migration/savevm.c, qemu_loadvm_section_part_end()" },
    ],
  },
];

/** The state that a part of section 0 belongs to while no section has that id, on x86. */
export const FIRST_STATE: readonly Fact<string>[] = [
  {
    id: "qemu/sections/first/timer",
    claim: "Ids are zero until state is loaded, and the clock is registered first.",
    value: "timer",
    since: "2.10",
    until: "11.1",
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13" }],
    notes: "Seen up to 10.0.13; 10.1 to 11.0 may register as 11.1 does.",
  },
  {
    id: "qemu/sections/first/apic",
    claim: "The interrupt controller is registered before the clock.",
    value: "apic",
    since: "11.1",
    evidence: [{ kind: "run", of: "11.1.3" }],
  },
];
