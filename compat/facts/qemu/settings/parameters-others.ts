import type { Fact } from "../../fact.ts";
import type { Parameter } from "./parameter.ts";

/** `block-incremental`. */
export const BLOCK_INCREMENTAL: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/block-incremental/2.10",
    claim: "The parameter block-incremental exists.",
    value: { name: "block-incremental", kind: "boolean", default: false, sides: "source" },
    since: "2.10",
    until: "8.2",
    evidence: [{ kind: "commit", commit: "2833c59b94", release: "2.10" }],
  },
  {
    id: "qemu/parameters/block-incremental/deprecated",
    claim: "block-incremental is deprecated.",
    value: { name: "block-incremental", kind: "boolean", default: false, sides: "source", deprecated: true },
    since: "8.2",
    until: "9.1",
    evidence: [
      { kind: "source", where: "8.2.0: qapi/migration.json, features of MigrationParameters" },
      { kind: "commit", commit: "61c4e39f73", release: "9.1" },
    ],
  },
];

/** `xbzrle-cache-size`. */
export const XBZRLE_CACHE_SIZE: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/xbzrle-cache-size",
    claim: "The parameter xbzrle-cache-size exists.",
    value: { name: "xbzrle-cache-size", kind: "integer", default: 67108864, unit: "bytes", sides: "source" },
    since: "2.11",
    evidence: [{ kind: "commit", commit: "73af8dd8d7", release: "2.11" }],
    notes: "A power of two, at least the page size of the guest.",
  },
];

/** `x-checkpoint-delay`. */
export const X_CHECKPOINT_DELAY: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/x-checkpoint-delay/2.8",
    claim: "The parameter x-checkpoint-delay exists.",
    value: {
      name: "x-checkpoint-delay",
      kind: "integer",
      default: 200,
      min: 0,
      unit: "milliseconds",
      sides: "source",
    },
    since: "2.8",
    until: "3.1",
    evidence: [{ kind: "commit", commit: "68b5359187", release: "2.8" }],
  },
  {
    id: "qemu/parameters/x-checkpoint-delay/20-seconds",
    claim: "The default of x-checkpoint-delay is 20 seconds.",
    value: {
      name: "x-checkpoint-delay",
      kind: "integer",
      default: 20000,
      min: 0,
      unit: "milliseconds",
      sides: "source",
    },
    since: "3.1",
    evidence: [{ kind: "source", where: "3.1.0: migration/migration.c, DEFAULT_MIGRATE_X_CHECKPOINT_DELAY" }],
  },
];

/** `announce-initial`. */
export const ANNOUNCE_INITIAL: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/announce-initial",
    claim: "The parameter announce-initial exists.",
    value: {
      name: "announce-initial",
      kind: "integer",
      default: 50,
      min: 0,
      max: 100000,
      unit: "milliseconds",
      sides: "destination",
    },
    since: "4.0",
    evidence: [{ kind: "commit", commit: "ee3d96baf3", release: "4.0" }],
  },
];

/** `announce-max`. */
export const ANNOUNCE_MAX: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/announce-max",
    claim: "The parameter announce-max exists.",
    value: {
      name: "announce-max",
      kind: "integer",
      default: 550,
      min: 0,
      max: 100000,
      unit: "milliseconds",
      sides: "destination",
    },
    since: "4.0",
    evidence: [{ kind: "commit", commit: "ee3d96baf3", release: "4.0" }],
  },
];

/** `announce-rounds`. */
export const ANNOUNCE_ROUNDS: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/announce-rounds",
    claim: "The parameter announce-rounds exists.",
    value: { name: "announce-rounds", kind: "integer", default: 5, min: 0, max: 1000, sides: "destination" },
    since: "4.0",
    evidence: [{ kind: "commit", commit: "ee3d96baf3", release: "4.0" }],
  },
];

/** `announce-step`. */
export const ANNOUNCE_STEP: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/announce-step",
    claim: "The parameter announce-step exists.",
    value: {
      name: "announce-step",
      kind: "integer",
      default: 100,
      min: 1,
      max: 10000,
      unit: "milliseconds",
      sides: "destination",
    },
    since: "4.0",
    evidence: [{ kind: "commit", commit: "ee3d96baf3", release: "4.0" }],
  },
];
