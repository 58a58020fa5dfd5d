import type { Fact } from "../../fact.ts";
import type { Capability } from "./capability.ts";

/** `dirty-bitmaps`. */
export const DIRTY_BITMAPS: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/dirty-bitmaps",
    claim: "The capability dirty-bitmaps exists.",
    value: {
      name: "dirty-bitmaps",
      stage: "stable",
      sides: "source",
      wire: 'Sections "dirty-bitmap"; a destination without it loads them all the same.',
    },
    since: "2.12",
    evidence: [{ kind: "source", where: "2.12.0: qapi/migration.json" }],
  },
];

/** `postcopy-blocktime`. */
export const POSTCOPY_BLOCKTIME: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/postcopy-blocktime",
    claim: "The capability postcopy-blocktime exists.",
    value: { name: "postcopy-blocktime", stage: "stable", sides: "destination", wire: null },
    since: "3.0",
    evidence: [{ kind: "source", where: "3.0.0: qapi/migration.json" }],
  },
];

/** `late-block-activate`. */
export const LATE_BLOCK_ACTIVATE: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/late-block-activate",
    claim: "The capability late-block-activate exists.",
    value: { name: "late-block-activate", stage: "stable", sides: "destination", wire: null },
    since: "3.0",
    evidence: [{ kind: "commit", commit: "0f073f44df", release: "3.0" }],
  },
];

/** `multifd`. */
export const MULTIFD: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/multifd/x-multifd",
    claim: "The capability x-multifd exists, as an experiment.",
    value: {
      name: "x-multifd",
      stage: "experimental",
      sides: "both",
      wire: "More connections; since 8.1 MULTIFD_FLUSH records.",
    },
    since: "2.11",
    until: "4.0",
    evidence: [{ kind: "commit", commit: "30126bbf1f", release: "2.11" }],
  },
  {
    id: "qemu/capabilities/multifd/stable",
    claim: "x-multifd has become multifd.",
    value: {
      name: "multifd",
      stage: "stable",
      sides: "both",
      wire: "More connections; since 8.1 MULTIFD_FLUSH records.",
    },
    since: "4.0",
    evidence: [{ kind: "commit", commit: "cbfd6c957a", release: "4.0" }],
  },
];

/** `x-ignore-shared`. */
export const X_IGNORE_SHARED: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/x-ignore-shared",
    claim: "The capability x-ignore-shared exists.",
    value: {
      name: "x-ignore-shared",
      stage: "experimental",
      sides: "both",
      wire: "The address of each RAM block; no pages of shared ones. Compared through configuration/capabilities.",
    },
    since: "4.0",
    evidence: [{ kind: "commit", commit: "18269069c3", release: "4.0" }],
  },
];

/** `validate-uuid`. */
export const VALIDATE_UUID: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/validate-uuid",
    claim: "The capability validate-uuid exists.",
    value: {
      name: "validate-uuid",
      stage: "stable",
      sides: "source",
      wire: "configuration/uuid, if the guest has a UUID; a destination without it compares too.",
    },
    since: "4.2",
    evidence: [{ kind: "commit", commit: "b9d68df62a", release: "4.2" }],
  },
];

/** `background-snapshot`. */
export const BACKGROUND_SNAPSHOT: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/background-snapshot",
    claim: "The capability background-snapshot exists.",
    value: {
      name: "background-snapshot",
      stage: "stable",
      sides: "source",
      wire: "RAM and devices in another order.",
    },
    since: "6.0",
    evidence: [{ kind: "commit", commit: "6e8c25b4c6", release: "6.0" }],
  },
];

/** `zero-copy-send`. */
export const ZERO_COPY_SEND: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/zero-copy-send",
    claim: "The capability zero-copy-send exists.",
    value: { name: "zero-copy-send", stage: "stable", sides: "source", wire: null },
    since: "7.1",
    evidence: [{ kind: "commit", commit: "abb6295b3a", release: "7.1" }],
  },
];

/** `postcopy-preempt`. */
export const POSTCOPY_PREEMPT: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/postcopy-preempt",
    claim: "The capability postcopy-preempt exists.",
    value: { name: "postcopy-preempt", stage: "stable", sides: "both", wire: "One more connection." },
    since: "7.1",
    evidence: [{ kind: "commit", commit: "ce5b0f4afc", release: "7.1" }],
  },
];

/** `switchover-ack`. */
export const SWITCHOVER_ACK: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/switchover-ack",
    claim: "The capability switchover-ack exists.",
    value: {
      name: "switchover-ack",
      stage: "stable",
      sides: "both",
      wire: "SWITCHOVER_ACK on the return path.",
    },
    since: "8.1",
    evidence: [{ kind: "commit", commit: "6574232fff", release: "8.1" }],
  },
];

/** `dirty-limit`. */
export const DIRTY_LIMIT: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/dirty-limit",
    claim: "The capability dirty-limit exists.",
    value: { name: "dirty-limit", stage: "stable", sides: "source", wire: null },
    since: "8.1",
    evidence: [{ kind: "commit", commit: "dc62395557", release: "8.1" }],
  },
];

/** `mapped-ram`. */
export const MAPPED_RAM: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/mapped-ram",
    claim: "The capability mapped-ram exists.",
    value: {
      name: "mapped-ram",
      stage: "stable",
      sides: "both",
      wire: "RAM at fixed places in a file. Compared through configuration/capabilities.",
    },
    since: "9.0",
    evidence: [{ kind: "commit", commit: "4ed49feb44", release: "9.0" }],
  },
];
