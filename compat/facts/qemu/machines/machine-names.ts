import type { Fact } from "../../fact.ts";

/** Machine types of qemu-system-x86_64 that are beside their family's row, each its own fact. */
export const MACHINES_BESIDE: readonly Fact<string>[] = [
  {
    id: "qemu/machines/pc-q35-4.0.1",
    claim: "pc-q35-4.0.1 is pc-q35-4.0 with the interrupt controller in the kernel again.",
    value: "pc-q35-4.0.1",
    since: "4.1",
    until: "10.1",
    evidence: [
      { kind: "commit", commit: "c87759ce87", release: "4.1" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13; not 11.1.3: query-machines" },
    ],
    notes: "The stable release 4.0.1 was not looked at.",
  },
];
