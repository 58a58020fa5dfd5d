import type { Fact } from "../../fact.ts";
import type { Capability } from "./capability.ts";

/** `xbzrle`. */
export const XBZRLE: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/xbzrle",
    claim: "The capability xbzrle exists.",
    value: {
      name: "xbzrle",
      stage: "stable",
      sides: "source",
      wire: "RAM_SAVE_FLAG_XBZRLE records, which every destination understands.",
    },
    since: "1.2",
    evidence: [{ kind: "commit", commit: "bbf6da32b5", release: "1.2" }],
  },
];

/** `rdma-pin-all`. */
export const RDMA_PIN_ALL: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/rdma-pin-all",
    claim: "The capability rdma-pin-all exists.",
    value: {
      name: "rdma-pin-all",
      stage: "stable",
      sides: "negotiated",
      wire: "Agreed upon in the RDMA handshake.",
    },
    since: "2.0",
    evidence: [{ kind: "commit", commit: "41310c6878", release: "2.0" }],
  },
];

/** `auto-converge`. */
export const AUTO_CONVERGE: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/auto-converge",
    claim: "The capability auto-converge exists.",
    value: { name: "auto-converge", stage: "stable", sides: "source", wire: null },
    since: "1.6",
    evidence: [{ kind: "commit", commit: "bde1e2ec21", release: "1.6" }],
  },
];

/** `zero-blocks`. */
export const ZERO_BLOCKS: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/zero-blocks/stable",
    claim: "The capability zero-blocks exists.",
    value: {
      name: "zero-blocks",
      stage: "stable",
      sides: "source",
      wire: "A flag on blocks of old block migration.",
    },
    since: "1.6",
    until: "9.2",
    evidence: [{ kind: "commit", commit: "323004a39d", release: "1.6" }],
  },
  {
    id: "qemu/capabilities/zero-blocks/deprecated",
    claim: "The capability zero-blocks is deprecated; setting it says so.",
    value: {
      name: "zero-blocks",
      stage: "deprecated",
      sides: "source",
      wire: "A flag on blocks of old block migration.",
    },
    since: "9.2",
    until: "11.0",
    evidence: [
      { kind: "source", where: "9.2.0: migration/options.c, migrate_caps_check()" },
      { kind: "commit", commit: "aa575660d0", release: "11.0" },
    ],
  },
];

/** `compress`. */
export const COMPRESS: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/compress/stable",
    claim: "The capability compress exists.",
    value: { name: "compress", stage: "stable", sides: "both", wire: "RAM_SAVE_FLAG_COMPRESS_PAGE records." },
    since: "2.4",
    until: "8.2",
    evidence: [{ kind: "commit", commit: "dde4e694ae", release: "2.4" }],
  },
  {
    id: "qemu/capabilities/compress/deprecated",
    claim: "The capability compress is deprecated; setting it says so.",
    value: {
      name: "compress",
      stage: "deprecated",
      sides: "both",
      wire: "RAM_SAVE_FLAG_COMPRESS_PAGE records.",
    },
    since: "8.2",
    until: "9.1",
    evidence: [
      { kind: "source", where: "8.2.0: migration/options.c, migrate_caps_check()" },
      { kind: "commit", commit: "0222111a22", release: "9.1" },
    ],
  },
];

/** `events`. */
export const EVENTS: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/events",
    claim: "The capability events exists.",
    value: { name: "events", stage: "stable", sides: "each", wire: null },
    since: "2.4",
    evidence: [{ kind: "commit", commit: "b05dc72342", release: "2.4" }],
  },
];

/** `postcopy-ram`. */
export const POSTCOPY_RAM: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/postcopy-ram/x-postcopy-ram",
    claim: "The capability x-postcopy-ram exists, as an experiment.",
    value: {
      name: "x-postcopy-ram",
      stage: "experimental",
      sides: "source-needs-destination",
      wire: "Commands of postcopy, and a page size for each RAM block with pages of another size.",
    },
    since: "2.5",
    until: "2.6",
    evidence: [{ kind: "commit", commit: "53dd370ced", release: "2.5" }],
  },
  {
    id: "qemu/capabilities/postcopy-ram/stable",
    claim: "x-postcopy-ram has become postcopy-ram.",
    value: {
      name: "postcopy-ram",
      stage: "stable",
      sides: "source-needs-destination",
      wire: "Commands of postcopy, and a page size for each RAM block with pages of another size.",
    },
    since: "2.6",
    evidence: [{ kind: "commit", commit: "32c3db5b26", release: "2.6" }],
  },
];

/** `x-colo`. */
export const X_COLO: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/x-colo",
    claim: "The capability x-colo exists.",
    value: {
      name: "x-colo",
      stage: "experimental",
      sides: "both",
      wire: "MIG_CMD_ENABLE_COLO from 3.1 to 10.2, a section COLOState before.",
    },
    since: "2.8",
    evidence: [{ kind: "commit", commit: "35a6ed4f71", release: "2.8" }],
  },
];

/** `release-ram`. */
export const RELEASE_RAM: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/release-ram",
    claim: "The capability release-ram exists.",
    value: { name: "release-ram", stage: "stable", sides: "source", wire: null },
    since: "2.9",
    evidence: [{ kind: "commit", commit: "53f09a1076", release: "2.9" }],
  },
];

/** `block`. */
export const BLOCK: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/block/stable",
    claim: "The capability block exists.",
    value: { name: "block", stage: "stable", sides: "source-needs-destination", wire: 'Sections "block".' },
    since: "2.10",
    until: "8.2",
    evidence: [{ kind: "commit", commit: "2833c59b94", release: "2.10" }],
  },
  {
    id: "qemu/capabilities/block/deprecated",
    claim: "The capability block is deprecated; setting it says so.",
    value: {
      name: "block",
      stage: "deprecated",
      sides: "source-needs-destination",
      wire: 'Sections "block".',
    },
    since: "8.2",
    until: "9.1",
    evidence: [
      { kind: "source", where: "8.2.0: migration/options.c, migrate_caps_check()" },
      { kind: "commit", commit: "eef0bae3a7", release: "9.1" },
    ],
  },
];

/** `return-path`. */
export const RETURN_PATH: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/return-path",
    claim: "The capability return-path exists.",
    value: {
      name: "return-path",
      stage: "stable",
      sides: "source",
      wire: "OPEN_RETURN_PATH and a PING in front of RAM.",
    },
    since: "2.10",
    evidence: [{ kind: "commit", commit: "c788ada816", release: "2.10" }],
  },
];

/** `pause-before-switchover`. */
export const PAUSE_BEFORE_SWITCHOVER: readonly Fact<Capability>[] = [
  {
    id: "qemu/capabilities/pause-before-switchover",
    claim: "The capability pause-before-switchover exists.",
    value: { name: "pause-before-switchover", stage: "stable", sides: "source", wire: null },
    since: "2.11",
    evidence: [{ kind: "commit", commit: "93fbd0314e", release: "2.11" }],
  },
];
