import type { Fact } from "../../fact.ts";

/** Where the PCI devices of a machine go that are told no place. */
export interface FirstSlot {
  /** What names of machine types begin with. */
  readonly machine: string;
  /** Slots 0 to this are taken by the machine itself, with -nodefaults. */
  readonly taken: number;
}

/** The first free slot of pc-i440fx and of pc-q35. */
export const FIRST_SLOTS: readonly Fact<readonly FirstSlot[]>[] = [
  {
    id: "qemu/devices/first-slots",
    claim:
      "With -nodefaults, the first device is at slot 2 of pc-i440fx, where 1 is PIIX3, and at slot 1 of pc-q35.",
    value: [
      { machine: "pc-q35-", taken: 0 },
      { machine: "pc-", taken: 1 },
    ],
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [
      {
        kind: "run",
        of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: pc-i440fx-5.2, pc-q35-5.2, pc-i440fx-10.0, pc-q35-10.0",
      },
    ],
  },
];

/** The slots behind a bridge start at. */
export const BEHIND_BRIDGES: readonly Fact<Readonly<Record<string, number>>>[] = [
  {
    id: "qemu/devices/behind-bridges",
    claim: "A root port has one slot, 0.",
    value: { ioh3420: 0, "pcie-root-port": 0 },
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [{ kind: "source", where: "5.2.0: hw/pci/pcie_port.c; hw/pci/pci.c, pcibus_get_dev_path()" }],
  },
];
