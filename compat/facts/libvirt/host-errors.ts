import type { ErrorText } from "../error-text.ts";
import type { Fact } from "../fact.ts";

/** The text for a machine type that the emulator lacks. */
export const EMULATOR_MACHINE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/emulator/machine",
    claim: "The emulator must have the machine type.",
    value: { template: "Emulator '%s' does not support machine type '%s'", to: "error" },
    since: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [{ kind: "run", of: "9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a kind of virtualisation that the emulator lacks. */
export const EMULATOR_VIRT_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/emulator/virt-type",
    claim: "The emulator must have the kind of domain.",
    value: { template: "Emulator '%s' does not support virt type '%s'", to: "error" },
    since: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [{ kind: "run", of: "9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for an OS type that the emulator lacks. */
export const EMULATOR_OS_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/emulator/os-type",
    claim: "The emulator must have the OS type.",
    value: { template: "Emulator '%s' does not support os type '%s'", to: "error" },
    since: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [{ kind: "run", of: "9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for an architecture that the emulator lacks. */
export const EMULATOR_ARCH_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/emulator/arch",
    claim: "The emulator must have the architecture.",
    value: { template: "Emulator '%s' does not support arch '%s'", to: "error" },
    since: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [{ kind: "run", of: "9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for an emulator that cannot do the kind of domain. */
export const EMULATOR_KIND_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/emulator/kind",
    claim: "The emulator must have the kind of domain.",
    value: { template: "qemu emulator '%s' does not support %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    until: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [{ kind: "run", of: "7.0.0: more-cases" }],
  },
];

/** The text for a host that lacks a feature of the guest's CPU. */
export const CPU_MISSING_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/cpu/missing",
    claim: "A host that lacks a feature is refused.",
    value: { template: "guest CPU doesn't match specification: missing features: %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a feature of a CPU that libvirt does not know. */
export const CPU_UNKNOWN_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/cpu/unknown",
    claim: "A feature that is not known is refused.",
    value: { template: "unknown CPU feature: %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a model of CPU that libvirt does not know. */
export const CPU_MODEL_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/cpu/model",
    claim: "A model that is not known is refused.",
    value: { template: "Unknown CPU model %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a mode of the CPU that cannot be had. */
export const CPU_MODE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/cpu/mode",
    claim: "A mode that cannot be had is refused.",
    value: {
      template: "CPU mode '%s' for %s %s domain on %s host is not supported by hypervisor",
      to: "error",
    },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for an emulator that is not there. */
export const BINARY_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/emulator/missing",
    claim: "The emulator must be there.",
    value: { template: "Cannot check QEMU binary %s: %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for an emulator that does not tell what it can. */
export const PROBE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/emulator/probe",
    claim: "The emulator must tell its capabilities.",
    value: { template: "Failed to probe capabilities for %s: %s", to: "error" },
    since: { after: "11.3.0", atLatest: "12.8.0" },
    evidence: [{ kind: "run", of: "12.8.0: more-cases" }],
  },
];

/** The text for a program that did not become a QEMU. */
export const PIDFILE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/emulator/pidfile",
    claim: "A QEMU writes its process id into a file.",
    value: { template: "Failed to read pidfile %s: %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for features of a CPU without the model that they belong to. */
export const CPU_FEATURES_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/cpu/features",
    claim: "Features need a model that they are added to.",
    value: { template: "Non-empty feature list specified without CPU model", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];
