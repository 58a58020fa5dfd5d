import type { Fact } from "../../fact.ts";

/** The oldest machine type of a family that a release has; the newest is the release's own, without a gap between. */
export interface OldestOfFamily {
  readonly prefix: string;
  readonly oldest: string;
}

/** `pc-i440fx-*` of qemu-system-x86_64. */
export const PC_I440FX: readonly Fact<OldestOfFamily>[] = [
  {
    id: "qemu/machines/pc-i440fx/from-1.4",
    claim: "The oldest of pc-i440fx- is pc-i440fx-1.4.",
    value: { prefix: "pc-i440fx-", oldest: "1.4" },
    since: "2.5",
    until: "8.2",
    evidence: [
      { kind: "source", where: "2.5.0: hw/i386/pc_piix.c" },
      { kind: "run", of: "5.2.0, 7.2.22: query-machines" },
    ],
  },
  {
    id: "qemu/machines/pc-i440fx/from-2.0",
    claim: "The oldest of pc-i440fx- is pc-i440fx-2.0.",
    value: { prefix: "pc-i440fx-", oldest: "2.0" },
    since: "8.2",
    until: "9.1",
    evidence: [{ kind: "source", where: "8.2.0: hw/i386/pc_piix.c" }],
  },
  {
    id: "qemu/machines/pc-i440fx/from-2.4",
    claim: "The oldest of pc-i440fx- is pc-i440fx-2.4.",
    value: { prefix: "pc-i440fx-", oldest: "2.4" },
    since: "9.1",
    until: "10.1",
    evidence: [
      { kind: "source", where: "9.1.0: hw/i386/pc_piix.c" },
      { kind: "run", of: "10.0.13: query-machines" },
    ],
  },
  {
    id: "qemu/machines/pc-i440fx/from-4.2",
    claim: "The oldest of pc-i440fx- is pc-i440fx-4.2.",
    value: { prefix: "pc-i440fx-", oldest: "4.2" },
    since: "10.1",
    until: "10.2",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
    ],
  },
  {
    id: "qemu/machines/pc-i440fx/from-5.0",
    claim: "The oldest of pc-i440fx- is pc-i440fx-5.0.",
    value: { prefix: "pc-i440fx-", oldest: "5.0" },
    since: "10.2",
    until: "11.0",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
    ],
  },
  {
    id: "qemu/machines/pc-i440fx/from-5.1",
    claim: "The oldest of pc-i440fx- is pc-i440fx-5.1.",
    value: { prefix: "pc-i440fx-", oldest: "5.1" },
    since: "11.0",
    until: "11.1",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
    ],
  },
  {
    id: "qemu/machines/pc-i440fx/from-5.2",
    claim: "The oldest of pc-i440fx- is pc-i440fx-5.2.",
    value: { prefix: "pc-i440fx-", oldest: "5.2" },
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
      { kind: "run", of: "11.1.3: query-machines" },
    ],
  },
];

/** `pc-q35-*` of qemu-system-x86_64; pc-q35-4.0.1, since 4.1, is beside the row. */
export const PC_Q35: readonly Fact<OldestOfFamily>[] = [
  {
    id: "qemu/machines/pc-q35/from-1.4",
    claim: "The oldest of pc-q35- is pc-q35-1.4.",
    value: { prefix: "pc-q35-", oldest: "1.4" },
    since: "2.5",
    until: "2.6",
    evidence: [{ kind: "source", where: "2.5.0: hw/i386/pc_q35.c" }],
  },
  {
    id: "qemu/machines/pc-q35/from-2.4",
    claim: "The oldest of pc-q35- is pc-q35-2.4.",
    value: { prefix: "pc-q35-", oldest: "2.4" },
    since: "2.6",
    until: "10.1",
    evidence: [
      { kind: "source", where: "2.6.0: hw/i386/pc_q35.c" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13: query-machines" },
    ],
  },
  {
    id: "qemu/machines/pc-q35/from-4.2",
    claim: "The oldest of pc-q35- is pc-q35-4.2.",
    value: { prefix: "pc-q35-", oldest: "4.2" },
    since: "10.1",
    until: "10.2",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
    ],
  },
  {
    id: "qemu/machines/pc-q35/from-5.0",
    claim: "The oldest of pc-q35- is pc-q35-5.0.",
    value: { prefix: "pc-q35-", oldest: "5.0" },
    since: "10.2",
    until: "11.0",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
    ],
  },
  {
    id: "qemu/machines/pc-q35/from-5.1",
    claim: "The oldest of pc-q35- is pc-q35-5.1.",
    value: { prefix: "pc-q35-", oldest: "5.1" },
    since: "11.0",
    until: "11.1",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
    ],
  },
  {
    id: "qemu/machines/pc-q35/from-5.2",
    claim: "The oldest of pc-q35- is pc-q35-5.2.",
    value: { prefix: "pc-q35-", oldest: "5.2" },
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "a35f8577a0", release: "9.1" },
      { kind: "commit", commit: "a391eeb129", release: "9.1" },
      { kind: "run", of: "11.1.3: query-machines" },
    ],
  },
];

/** `pc-*`, up to `pc-1.3`, of qemu-system-x86_64. */
export const PC: readonly Fact<OldestOfFamily>[] = [
  {
    id: "qemu/machines/pc/from-0.10",
    claim: "The oldest of pc- is pc-0.10.",
    value: { prefix: "pc-", oldest: "0.10" },
    since: "2.5",
    until: "4.0",
    evidence: [{ kind: "source", where: "2.5.0: hw/i386/pc_piix.c" }],
  },
  {
    id: "qemu/machines/pc/from-0.12",
    claim: "The oldest of pc- is pc-0.12.",
    value: { prefix: "pc-", oldest: "0.12" },
    since: "4.0",
    until: "5.0",
    evidence: [{ kind: "source", where: "4.0.0: hw/i386/pc_piix.c" }],
  },
  {
    id: "qemu/machines/pc/from-1.0",
    claim: "The oldest of pc- is pc-1.0.",
    value: { prefix: "pc-", oldest: "1.0" },
    since: "5.0",
    until: "6.0",
    evidence: [
      { kind: "source", where: "5.0.0: hw/i386/pc_piix.c" },
      { kind: "run", of: "5.2.0: query-machines" },
    ],
  },
];
