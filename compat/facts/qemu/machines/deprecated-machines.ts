import type { Fact } from "../../fact.ts";

/** The newest machine type of a release that it calls deprecated. */
export const DEPRECATED_UP_TO: readonly Fact<string>[] = [
  {
    id: "qemu/machines/deprecated-up-to/6.1",
    claim: "Versioned machine types up to 6.1 are deprecated.",
    value: "6.1",
    since: "9.1",
    until: "9.2",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
    ],
    notes: "Machine types are deprecated after three years and dropped after six.",
  },
  {
    id: "qemu/machines/deprecated-up-to/6.2",
    claim: "Versioned machine types up to 6.2 are deprecated.",
    value: "6.2",
    since: "9.2",
    until: "10.0",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
    ],
    notes: "Machine types are deprecated after three years and dropped after six.",
  },
  {
    id: "qemu/machines/deprecated-up-to/7.0",
    claim: "Versioned machine types up to 7.0 are deprecated.",
    value: "7.0",
    since: "10.0",
    until: "10.1",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
      { kind: "run", of: "10.0.13: query-machines" },
    ],
    notes: "Machine types are deprecated after three years and dropped after six.",
  },
  {
    id: "qemu/machines/deprecated-up-to/7.1",
    claim: "Versioned machine types up to 7.1 are deprecated.",
    value: "7.1",
    since: "10.1",
    until: "10.2",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
    ],
    notes: "Machine types are deprecated after three years and dropped after six.",
  },
  {
    id: "qemu/machines/deprecated-up-to/7.2",
    claim: "Versioned machine types up to 7.2 are deprecated.",
    value: "7.2",
    since: "10.2",
    until: "11.0",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
    ],
    notes: "Machine types are deprecated after three years and dropped after six.",
  },
  {
    id: "qemu/machines/deprecated-up-to/8.0",
    claim: "Versioned machine types up to 8.0 are deprecated.",
    value: "8.0",
    since: "11.0",
    until: "11.1",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
    ],
    notes: "Machine types are deprecated after three years and dropped after six.",
  },
  {
    id: "qemu/machines/deprecated-up-to/8.1",
    claim: "Versioned machine types up to 8.1 are deprecated.",
    value: "8.1",
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
      { kind: "run", of: "11.1.3: query-machines" },
    ],
    notes: "Machine types are deprecated after three years and dropped after six.",
  },
];
