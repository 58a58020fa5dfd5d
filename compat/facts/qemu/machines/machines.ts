import type { Fact } from "../../fact.ts";

/** A family of versioned machine types, such as `pc-i440fx-5.2`, and from where to where it goes without a gap. */
export interface MachineFamily {
  readonly prefix: string;
  readonly oldest: string;
  readonly newest: string;
  /** Stands for the newest one. */
  readonly alias?: string;
}

/** The machine types of `qemu-system-x86_64`. */
export interface Machines {
  readonly families: readonly MachineFamily[];
  /** Those without a version. */
  readonly others: readonly string[];
}

/** What `query-machines` of four releases says. Other architectures and releases between them are not known. */
export const X86_MACHINES: readonly Fact<Machines>[] = [
  {
    id: "qemu/machines/x86_64/5.2",
    claim: "The machine types of 5.2.",
    value: {
      families: [
        { prefix: "pc-", oldest: "1.0", newest: "1.3" },
        { prefix: "pc-i440fx-", oldest: "1.4", newest: "5.2", alias: "pc" },
        { prefix: "pc-q35-", oldest: "2.4", newest: "5.2", alias: "q35" },
      ],
      others: ["isapc", "microvm", "none", "xenfv", "xenfv-3.1", "xenfv-4.2", "xenpv"],
    },
    since: "5.2",
    until: "6.0",
    evidence: [{ kind: "run", of: "5.2.0: query-machines" }],
  },
  {
    id: "qemu/machines/x86_64/7.2",
    claim: "The machine types of 7.2.",
    value: {
      families: [
        { prefix: "pc-i440fx-", oldest: "1.4", newest: "7.2", alias: "pc" },
        { prefix: "pc-q35-", oldest: "2.4", newest: "7.2", alias: "q35" },
      ],
      others: ["isapc", "microvm", "none", "x-remote"],
    },
    since: "7.2",
    until: "8.0",
    evidence: [{ kind: "run", of: "7.2.22: query-machines" }],
    notes: "Debian's build without Xen.",
  },
  {
    id: "qemu/machines/x86_64/10.0",
    claim: "The machine types of 10.0.",
    value: {
      families: [
        { prefix: "pc-i440fx-", oldest: "2.4", newest: "10.0", alias: "pc" },
        { prefix: "pc-q35-", oldest: "2.4", newest: "10.0", alias: "q35" },
      ],
      others: ["isapc", "microvm", "none", "x-remote"],
    },
    since: "10.0",
    until: "10.1",
    evidence: [{ kind: "run", of: "10.0.13: query-machines" }],
    notes: "Debian's build without Xen.",
  },
  {
    id: "qemu/machines/x86_64/11.1",
    claim: "The machine types of 11.1.",
    value: {
      families: [
        { prefix: "pc-i440fx-", oldest: "5.2", newest: "11.1", alias: "pc" },
        { prefix: "pc-q35-", oldest: "5.2", newest: "11.1", alias: "q35" },
      ],
      others: ["isapc", "microvm", "nitro", "none", "x-remote"],
    },
    since: "11.1",
    evidence: [{ kind: "run", of: "11.1.3: query-machines" }],
    notes: "Debian's build without Xen.",
  },
];

/** The one machine type that is beside a family's row. */
export const BESIDE_THE_ROW: readonly string[] = ["pc-q35-4.0.1"];
