import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The newest of the old machine types that were called deprecated one by one, before age alone decided. */
export const DEPRECATED_BY_NAME: readonly Fact<string>[] = [
  {
    id: "qemu/deprecation-texts/by-name/0.11",
    claim: "Machine types of a PC up to 0.11 are deprecated.",
    value: "0.11",
    since: "3.1",
    until: "4.0",
    evidence: [{ kind: "source", where: "3.1.0: hw/i386/pc_piix.c" }],
  },
  {
    id: "qemu/deprecation-texts/by-name/0.15",
    claim: "Machine types of a PC up to 0.15 are deprecated.",
    value: "0.15",
    since: "4.0",
    until: "5.0",
    evidence: [{ kind: "source", where: "4.0.0: hw/i386/pc_piix.c" }],
  },
  {
    id: "qemu/deprecation-texts/by-name/1.3",
    claim: "Machine types of a PC up to 1.3 are deprecated.",
    value: "1.3",
    since: "5.0",
    until: "6.0",
    evidence: [{ kind: "source", where: "5.0.0: hw/i386/pc_piix.c" }],
  },
  {
    id: "qemu/deprecation-texts/by-name/1.7",
    claim: "Machine types of a PC up to 1.7 are deprecated.",
    value: "1.7",
    since: "7.0",
    until: "8.2",
    evidence: [{ kind: "source", where: "7.0.0: hw/i386/pc_piix.c" }],
  },
  {
    id: "qemu/deprecation-texts/by-name/2.3",
    claim: "Machine types of a PC up to 2.3 are deprecated.",
    value: "2.3",
    since: "8.2",
    until: "9.1",
    evidence: [{ kind: "source", where: "8.2.0: hw/i386/pc_piix.c" }],
  },
];

/** What a QEMU prints that is started with a deprecated machine type, by its name and the reason. */
export const MACHINE_DEPRECATED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/deprecation-texts/machine/error",
    claim: "A deprecated machine type is told of.",
    value: { template: "Machine type '%s' is deprecated: %s", to: "stderr" },
    since: "3.1",
    until: "7.2",
    evidence: [{ kind: "source", where: "3.1.0: vl.c; 7.0.0: softmmu/vl.c" }],
  },
  {
    id: "qemu/deprecation-texts/machine/warning",
    claim: "A deprecated machine type is warned of.",
    value: { template: "warning: Machine type '%s' is deprecated: %s", to: "stderr" },
    since: "7.2",
    evidence: [
      { kind: "source", where: "7.2.0: softmmu/vl.c" },
      { kind: "run", of: "10.0.13, 11.1.3: -machine pc-i440fx-5.2" },
    ],
  },
];

/** The reason it gives. */
export const DEPRECATION_REASON: readonly Fact<string>[] = [
  {
    id: "qemu/deprecation-texts/reason/newer",
    claim: "The reason asks for a newer machine type.",
    value: "use a newer machine type instead",
    since: "3.1",
    until: "6.0",
    evidence: [{ kind: "source", where: "3.1.0, 5.2.0: hw/i386/pc_piix.c" }],
  },
  {
    id: "qemu/deprecation-texts/reason/old",
    claim: "The reason is that it is old and unattended.",
    value: "old and unattended - use a newer version instead",
    since: "7.0",
    until: "9.1",
    evidence: [{ kind: "source", where: "7.0.0, 9.0.0: hw/i386/pc_piix.c" }],
  },
  {
    id: "qemu/deprecation-texts/reason/age",
    claim: "The reason is its age.",
    value: "machines more than 3 years old are subject to deletion after 6 years",
    since: "9.1",
    evidence: [
      { kind: "source", where: "9.1.0: include/hw/boards.h" },
      { kind: "run", of: "10.0.13, 11.1.3: -machine pc-i440fx-5.2" },
    ],
  },
];
