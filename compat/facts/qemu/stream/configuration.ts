import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";
import { movedText } from "../../moved-text.ts";

/** The text for another machine type. */
export const MACHINE_DIFFERS = movedText({
  id: "qemu/configuration/machine",
  claim: "The name received must be the beginning of the own machine type.",
  template: "Machine type received is '%s' and local is '%s'",
  since: "2.5",
  movedIn: "11.1",
  commit: "78ff878a52",
  where: "2.5.0 to 11.0.0: migration/savevm.c, configuration_post_load()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** The text for another size of pages. */
export const PAGE_BITS_DIFFER = movedText({
  id: "qemu/configuration/page-bits",
  claim: "The size of target pages must be the own.",
  template: "Received TARGET_PAGE_BITS is %d but local is %d",
  since: "2.8",
  movedIn: "11.1",
  commit: "78ff878a52",
  where: "2.8.0 to 11.0.0: migration/savevm.c, configuration_post_load()",
});

/** Subsections of the configuration that are known, without `configuration/`. */
export const CONFIGURATION_SUBSECTIONS: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/configuration/subsections/page-bits",
    claim: "The size of target pages may follow the name of the machine type.",
    value: ["target-page-bits"],
    since: "2.8",
    until: "4.0",
    evidence: [{ kind: "source", where: "2.8.0: migration/savevm.c, vmstate_configuration" }],
  },
  {
    id: "qemu/configuration/subsections/capabilities",
    claim: "Capabilities may follow as well.",
    value: ["target-page-bits", "capabilities"],
    since: "4.0",
    until: "4.2",
    evidence: [{ kind: "source", where: "4.0.0: migration/savevm.c, vmstate_configuration" }],
  },
  {
    id: "qemu/configuration/subsections/uuid",
    claim: "The UUID may follow as well.",
    value: ["target-page-bits", "capabilities", "uuid"],
    since: "4.2",
    evidence: [{ kind: "source", where: "4.2.0 to 11.1.0: migration/savevm.c, vmstate_configuration" }],
  },
];

/** Capabilities that both sides must have alike, as the configuration tells them. */
export const COMPARED_CAPABILITIES: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/configuration/compared/ignore-shared",
    claim: "x-ignore-shared is compared.",
    value: ["x-ignore-shared"],
    since: "4.0",
    until: "9.0",
    evidence: [{ kind: "source", where: "4.0.0: migration/savevm.c, should_validate_capability()" }],
  },
  {
    id: "qemu/configuration/compared/mapped-ram",
    claim: "mapped-ram is compared as well.",
    value: ["x-ignore-shared", "mapped-ram"],
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0: migration/savevm.c, should_validate_capability()" }],
  },
];

/** The text for a capability that only one side has. */
export const CAPABILITY_DIFFERS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/configuration/capability-differs",
    claim: "A compared capability that is not alike is printed.",
    value: { template: "Capability %s is %s, but received capability is %s", to: "stderr" },
    since: "4.0",
    evidence: [
      { kind: "source", where: "4.0.0 to 11.1.0: migration/savevm.c, configuration_validate_capabilities()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** The text behind it in the error. */
export const CAPABILITIES_INVALID: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/configuration/capabilities-invalid",
    claim: "That capabilities differ is told.",
    value: { template: "Failed to validate capabilities", to: "error" },
    since: "11.1",
    evidence: [
      { kind: "source", where: "11.1.0: migration/savevm.c, configuration_post_load()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** The text for a capability that the release does not have. */
export const CAPABILITY_UNKNOWN = movedText({
  id: "qemu/configuration/capability-unknown",
  claim: "A capability of an unknown name is refused.",
  template: "Received unknown capability %s",
  since: "4.0",
  movedIn: "11.1",
  commit: "78ff878a52",
  where: "4.0.0 to 11.0.0: migration/savevm.c, get_capability()",
});

/** The warning about a UUID where none was set. */
export const UUID_UNSET: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/configuration/uuid-unset",
    claim: "A UUID is taken with a warning where none was set.",
    value: { template: "warning: UUID is received %s, but local uuid isn't set", to: "stderr" },
    since: "4.2",
    evidence: [{ kind: "source", where: "4.2.0 to 11.1.0: migration/savevm.c, vmstate_uuid_post_load()" }],
  },
];

/** The text for another UUID. */
export const UUID_DIFFERS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/configuration/uuid-differs",
    claim: "A UUID other than the own is refused.",
    value: { template: "UUID received is %s and local is %s", to: "stderr" },
    since: "4.2",
    evidence: [{ kind: "source", where: "4.2.0 to 11.1.0: migration/savevm.c, vmstate_uuid_post_load()" }],
  },
];

/** Which of the compared capabilities a stream lists. */
export const CAPABILITIES_LISTED: readonly Fact<"those-on">[] = [
  {
    id: "qemu/configuration/capabilities-listed",
    claim: "A stream lists those of the compared capabilities that are on, and has no subsection if none is.",
    value: "those-on",
    since: "4.0",
    evidence: [
      { kind: "commit", commit: "6cafc8e4ddea", release: "4.0" },
      { kind: "source", where: "4.0.0: migration/savevm.c, configuration_pre_save()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** What the absence of that subsection stands for. */
export const CAPABILITIES_ABSENT: readonly Fact<"all-off">[] = [
  {
    id: "qemu/configuration/capabilities-absent",
    claim:
      "Without the subsection all compared capabilities count as off, and a destination that has one on refuses.",
    value: "all-off",
    since: "4.0",
    evidence: [
      { kind: "source", where: "4.0.0: migration/savevm.c, configuration_validate_capabilities()" },
      { kind: "run", of: "7.2.22, 11.1.3" },
    ],
  },
];

/** When a stream has the UUID. */
export const UUID_SENT: readonly Fact<"if-set">[] = [
  {
    id: "qemu/configuration/uuid-sent",
    claim:
      "With validate-uuid the UUID is sent if one was given; a destination compares it with the capability off too.",
    value: "if-set",
    since: "4.2",
    evidence: [
      { kind: "commit", commit: "b9d68df62a13", release: "4.2" },
      { kind: "run", of: "5.2.0" },
    ],
  },
];
