import type { Fact } from "../../fact.ts";

/** The RAM block that holds a machine's main memory. */
export interface MainRam {
  /** What names of machine types begin with. */
  readonly machine: string;
  readonly idstr: string;
}

/** Main memory of `pc-`. */
export const PC_RAM: readonly Fact<MainRam>[] = [
  {
    id: "qemu/machines/main-ram/pc",
    claim: "The main memory of pc is the block pc.ram.",
    value: { machine: "pc-", idstr: "pc.ram" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0, 5.2.0, 7.2.0, 11.0.0: hw/i386/pc.c" },
      { kind: "run", of: "captures of pc-i440fx and pc-q35 of 5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** Main memory of `virt-`. */
export const VIRT_RAM: readonly Fact<MainRam>[] = [
  {
    id: "qemu/machines/main-ram/virt",
    claim: "The main memory of virt is the block mach-virt.ram.",
    value: { machine: "virt-", idstr: "mach-virt.ram" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0, 5.2.0, 7.2.0, 11.0.0: hw/arm/virt.c" },
      { kind: "run", of: "precopy-5.2-arm-virt-5.2.bin" },
    ],
  },
];

/** Main memory of `pseries-`. */
export const PSERIES_RAM: readonly Fact<MainRam>[] = [
  {
    id: "qemu/machines/main-ram/pseries",
    claim: "The main memory of pseries is the block ppc_spapr.ram.",
    value: { machine: "pseries-", idstr: "ppc_spapr.ram" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0, 5.2.0, 7.2.0, 11.0.0: hw/ppc/spapr.c" },
      { kind: "run", of: "precopy-11.1-ppc64-pseries-5.2.bin" },
    ],
  },
];

/** Main memory of `s390-ccw-virtio-`. */
export const S390_RAM: readonly Fact<MainRam>[] = [
  {
    id: "qemu/machines/main-ram/s390-ccw-virtio",
    claim: "The main memory of s390-ccw-virtio is the block s390.ram.",
    value: { machine: "s390-ccw-virtio-", idstr: "s390.ram" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0, 5.2.0, 7.2.0, 11.0.0: hw/s390x/s390-virtio-ccw.c" },
      { kind: "run", of: "precopy-10.0-s390x-s390-ccw-virtio-5.2.bin" },
    ],
  },
];

/** Main memory of `microvm`. */
export const MICROVM_RAM: readonly Fact<MainRam>[] = [
  {
    id: "qemu/machines/main-ram/microvm",
    claim: "The main memory of microvm is the block microvm.ram.",
    value: { machine: "microvm", idstr: "microvm.ram" },
    since: "5.2",
    evidence: [{ kind: "source", where: "5.2.0, 7.2.0, 11.0.0: hw/i386/microvm.c" }],
  },
];
