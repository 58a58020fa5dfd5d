import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What is printed of a field that could not be loaded. */
export const FIELD_PRINTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/vmstate/field",
    claim: "A field that fails is printed with its description.",
    value: { template: "Failed to load %s:%s", to: "stderr" },
    since: "2.8",
    until: "10.2",
    evidence: [
      { kind: "source", where: "2.8.0 to 10.1.0: migration/vmstate.c, vmstate_load_state()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
];

/** The text for state that is cut off. */
export const STREAM_ENDED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/vmstate/stream-error",
    claim: "State that is cut off is told with its description.",
    value: { template: "Failed to load %s state: stream error: %d", to: "error" },
    since: "10.2",
    evidence: [
      { kind: "source", where: "10.2.0 and 11.1.0: migration/vmstate.c, vmstate_load_state()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** The text for a value that its type refuses. */
export const ELEMENT_REFUSED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/vmstate/element/errno",
    claim: "A value that is refused is told with its type.",
    value: { template: "Failed to load element of type %s for %s: %d", to: "error" },
    since: "10.2",
    until: "11.1",
    evidence: [{ kind: "source", where: "10.2.0: migration/vmstate.c, vmstate_load_state()" }],
  },
  {
    id: "qemu/vmstate/element/plain",
    claim: "A value that is refused is told with its type, without errno.",
    value: { template: "Failed to load element of type %s for %s", to: "error" },
    since: "11.1",
    evidence: [{ kind: "source", where: "11.1.0: migration/vmstate.c, vmstate_load_field()" }],
  },
];

/** The text for a part of newer version than the description of it. */
export const TOO_NEW: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/vmstate/too-new/printed",
    claim: "A version above the own is refused.",
    value: { template: "%s: incoming version_id %d is too new for local version_id %d", to: "stderr" },
    since: "2.9",
    until: "10.2",
    evidence: [{ kind: "source", where: "2.9.0: migration/vmstate.c, vmstate_load_state()" }],
  },
  {
    id: "qemu/vmstate/too-new/told",
    claim: "A version above the own is refused; the text is part of the error.",
    value: { template: "%s: incoming version_id %d is too new for local version_id %d", to: "error" },
    since: "10.2",
    evidence: [{ kind: "source", where: "10.2.0: migration/vmstate.c, vmstate_load_state()" }],
  },
];

/** The text for state of a version that is not read any more. */
export const TOO_OLD: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/vmstate/too-old/printed",
    claim: "A version below the minimum is refused.",
    value: {
      template: "%s: incoming version_id %d is too old for local minimum version_id  %d",
      to: "stderr",
    },
    since: "2.9",
    until: "10.2",
    evidence: [{ kind: "source", where: "2.9.0: migration/vmstate.c, vmstate_load_state()" }],
  },
  {
    id: "qemu/vmstate/too-old/told",
    claim: "A version below the minimum is refused; the text is part of the error.",
    value: { template: "%s: incoming version_id %d is too old for local minimum version_id %d", to: "error" },
    since: "10.2",
    evidence: [{ kind: "source", where: "10.2.0: migration/vmstate.c, vmstate_load_state()" }],
  },
];

/** The text for a subsection that is not known. */
export const SUBSECTION_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/vmstate/subsection-unknown",
    claim: "A subsection that its description does not have is told; before, only an errno said so.",
    value: { template: "VM subsection '%s' in '%s' does not exist", to: "error" },
    since: "10.2",
    evidence: [{ kind: "source", where: "10.2.0: migration/vmstate.c, vmstate_subsection_load()" }],
  },
];

/** What is put in front of the error of a subsection. */
export const SUBSECTION_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/vmstate/subsection-failed/errno",
    claim: "The error of a subsection is told with its name and an errno.",
    value: { template: "Loading VM subsection '%s' in '%s' failed: %d", to: "error" },
    since: "10.2",
    until: "11.1",
    evidence: [{ kind: "source", where: "10.2.0: migration/vmstate.c, vmstate_subsection_load()" }],
  },
  {
    id: "qemu/vmstate/subsection-failed/plain",
    claim: "The error of a subsection is told with its name.",
    value: { template: "Loading VM subsection '%s' in '%s' failed", to: "error" },
    since: "11.1",
    evidence: [{ kind: "source", where: "11.1.0: migration/vmstate.c, vmstate_subsection_load()" }],
  },
];

/** The text for state that was read and is not accepted, where its check told why on stderr. */
export const POST_LOAD_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/vmstate/post-load",
    claim: "A check behind the fields fails with an errno.",
    value: {
      template: "post load hook failed for: %s, version_id: %d, minimum_version: %d, ret: %d",
      to: "error",
    },
    since: "10.2",
    evidence: [
      { kind: "source", where: "10.2.0: migration/vmstate.c, vmstate_load_state()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** What is put in front of the error of a check behind the fields. */
export const POST_LOAD_PREFIX: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/vmstate/post-load-told",
    claim: "A check behind the fields that tells why it fails is told in front of that.",
    value: { template: "post load hook failed for: %s, version_id: %d, minimum_version: %d", to: "error" },
    since: "10.2",
    evidence: [
      { kind: "source", where: "10.2.0: migration/vmstate.c, vmstate_load_state()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** Whether a length or count of 2^31 and more is taken for a negative one, for which no memory is to be had. */
export const LENGTHS_SIGNED: readonly Fact[] = [
  {
    id: "qemu/vmstate/lengths-signed",
    claim: "A length of 2^31 and more brings the process down.",
    value: true,
    since: "2.5",
    until: "11.1",
    evidence: [
      { kind: "source", where: "5.2.0: migration/vmstate.c, vmstate_size(), vmstate_handle_alloc()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
    notes: "11.1.3 reads on; 10.1 to 11.0 were not run.",
  },
];

/** Fields of the state `timer` of a version: their names and lengths, and the version that has them first. */
export type StateFields = readonly (readonly [name: string, length: number, version: number])[];

/** The clock's fields. */
export const TIMER_FIELDS: readonly Fact<StateFields>[] = [
  {
    id: "qemu/vmstate/timer/fields/dummy",
    claim: "The clock is an offset, eight bytes that mean nothing, and since version 2 another offset.",
    value: [
      ["cpu_ticks_offset", 8, 1],
      ["dummy", 8, 1],
      ["cpu_clock_offset", 8, 2],
    ],
    since: "2.5",
    until: "3.1",
    evidence: [{ kind: "source", where: "2.5.0 to 3.0.0: cpus.c, vmstate_timers" }],
  },
  {
    id: "qemu/vmstate/timer/fields/unused",
    claim: "The eight bytes are called unused.",
    value: [
      ["cpu_ticks_offset", 8, 1],
      ["unused", 8, 1],
      ["cpu_clock_offset", 8, 2],
    ],
    since: "3.1",
    evidence: [
      { kind: "source", where: "3.1.0: cpus.c; 11.1.0: system/cpu-timers.c, vmstate_timers" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** Subsections of the clock's state. */
export const TIMER_SUBSECTIONS: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/vmstate/timer/subsections",
    claim: "A guest whose instructions are counted has more.",
    value: ["timer/icount"],
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: cpus.c, icount_vmstate_timers" }],
  },
];
