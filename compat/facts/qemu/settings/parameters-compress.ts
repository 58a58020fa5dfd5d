import type { Fact } from "../../fact.ts";
import type { Parameter } from "./parameter.ts";

/** `compress-level`. */
export const COMPRESS_LEVEL: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/compress-level/2.4",
    claim: "The parameter compress-level exists.",
    value: { name: "compress-level", kind: "integer", default: 1, min: 0, max: 9, sides: "each" },
    since: "2.4",
    until: "8.2",
    evidence: [{ kind: "commit", commit: "43c60a81ba", release: "2.4" }],
  },
  {
    id: "qemu/parameters/compress-level/deprecated",
    claim: "compress-level is deprecated.",
    value: {
      name: "compress-level",
      kind: "integer",
      default: 1,
      min: 0,
      max: 9,
      sides: "each",
      deprecated: true,
    },
    since: "8.2",
    until: "9.1",
    evidence: [
      { kind: "source", where: "8.2.0: qapi/migration.json, features of MigrationParameters" },
      { kind: "commit", commit: "0222111a22", release: "9.1" },
    ],
  },
];

/** `compress-threads`. */
export const COMPRESS_THREADS: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/compress-threads/2.4",
    claim: "The parameter compress-threads exists.",
    value: { name: "compress-threads", kind: "integer", default: 8, min: 1, max: 255, sides: "each" },
    since: "2.4",
    until: "8.2",
    evidence: [{ kind: "commit", commit: "43c60a81ba", release: "2.4" }],
  },
  {
    id: "qemu/parameters/compress-threads/deprecated",
    claim: "compress-threads is deprecated.",
    value: {
      name: "compress-threads",
      kind: "integer",
      default: 8,
      min: 1,
      max: 255,
      sides: "each",
      deprecated: true,
    },
    since: "8.2",
    until: "9.1",
    evidence: [
      { kind: "source", where: "8.2.0: qapi/migration.json, features of MigrationParameters" },
      { kind: "commit", commit: "0222111a22", release: "9.1" },
    ],
  },
];

/** `decompress-threads`. */
export const DECOMPRESS_THREADS: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/decompress-threads/2.4",
    claim: "The parameter decompress-threads exists.",
    value: { name: "decompress-threads", kind: "integer", default: 2, min: 1, max: 255, sides: "each" },
    since: "2.4",
    until: "8.2",
    evidence: [{ kind: "commit", commit: "43c60a81ba", release: "2.4" }],
  },
  {
    id: "qemu/parameters/decompress-threads/deprecated",
    claim: "decompress-threads is deprecated.",
    value: {
      name: "decompress-threads",
      kind: "integer",
      default: 2,
      min: 1,
      max: 255,
      sides: "each",
      deprecated: true,
    },
    since: "8.2",
    until: "9.1",
    evidence: [
      { kind: "source", where: "8.2.0: qapi/migration.json, features of MigrationParameters" },
      { kind: "commit", commit: "0222111a22", release: "9.1" },
    ],
  },
];

/** `compress-wait-thread`. */
export const COMPRESS_WAIT_THREAD: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/compress-wait-thread/3.1",
    claim: "The parameter compress-wait-thread exists.",
    value: { name: "compress-wait-thread", kind: "boolean", default: true, sides: "source" },
    since: "3.1",
    until: "8.2",
    evidence: [{ kind: "commit", commit: "1d58872a91", release: "3.1" }],
  },
  {
    id: "qemu/parameters/compress-wait-thread/deprecated",
    claim: "compress-wait-thread is deprecated.",
    value: {
      name: "compress-wait-thread",
      kind: "boolean",
      default: true,
      sides: "source",
      deprecated: true,
    },
    since: "8.2",
    until: "9.1",
    evidence: [
      { kind: "source", where: "8.2.0: qapi/migration.json, features of MigrationParameters" },
      { kind: "commit", commit: "0222111a22", release: "9.1" },
    ],
  },
];
