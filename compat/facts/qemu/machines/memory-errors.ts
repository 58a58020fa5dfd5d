import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for -m that does not fit the memory backend. */
export const MEMORY_MISMATCH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/machines/memory-mismatch/5.0",
    claim: "-m has to fit the backend's size.",
    value: {
      template:
        "Size specified by -m option must match size of explicitly specified 'memory-backend' property",
      to: "stderr",
    },
    since: "5.0",
    until: "7.1",
    evidence: [
      { kind: "source", where: "5.0.0 to 7.0.0: softmmu/vl.c" },
      { kind: "run", of: "5.2.0 below libvirt 7.0.0" },
    ],
  },
  {
    id: "qemu/machines/memory-mismatch/7.1",
    claim: "It is worded otherwise.",
    value: { template: "Machine memory size does not match the size of the memory backend", to: "error" },
    since: "7.1",
    evidence: [
      { kind: "source", where: "7.1.0 to 11.1.0: hw/core/machine.c" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3 below libvirt" },
    ],
  },
];

/** The text for firmware that cannot be read. */
export const FIRMWARE_MISSING: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/machines/firmware-missing",
    claim: "A BIOS that cannot be read ends the process.",
    value: { template: "qemu: could not load PC BIOS '%s'", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0: hw/i386" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3 below libvirt" },
    ],
  },
];
