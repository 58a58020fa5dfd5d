import type { Fact } from "../../fact.ts";
import type { Parameter } from "./parameter.ts";

/** `max-bandwidth`. */
export const MAX_BANDWIDTH: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/max-bandwidth/2.8",
    claim: "The parameter max-bandwidth exists.",
    value: {
      name: "max-bandwidth",
      kind: "integer",
      default: 33554432,
      min: 0,
      unit: "bytes a second",
      sides: "source",
    },
    since: "2.8",
    until: "5.2",
    evidence: [{ kind: "commit", commit: "2ff3025797", release: "2.8" }],
  },
  {
    id: "qemu/parameters/max-bandwidth/128-mib",
    claim: "The default of max-bandwidth is 128 MiB/s.",
    value: {
      name: "max-bandwidth",
      kind: "integer",
      default: 134217728,
      min: 0,
      unit: "bytes a second",
      sides: "source",
    },
    since: "5.2",
    evidence: [
      { kind: "source", where: "5.2.0: migration/migration.c, MAX_THROTTLE" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: query-migrate-parameters" },
    ],
  },
];

/** `avail-switchover-bandwidth`. */
export const AVAIL_SWITCHOVER_BANDWIDTH: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/avail-switchover-bandwidth",
    claim: "The parameter avail-switchover-bandwidth exists.",
    value: {
      name: "avail-switchover-bandwidth",
      kind: "integer",
      default: 0,
      min: 0,
      unit: "bytes a second",
      sides: "source",
    },
    since: "8.2",
    evidence: [{ kind: "commit", commit: "8b2395970a", release: "8.2" }],
  },
];

/** `max-postcopy-bandwidth`. */
export const MAX_POSTCOPY_BANDWIDTH: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/max-postcopy-bandwidth",
    claim: "The parameter max-postcopy-bandwidth exists.",
    value: {
      name: "max-postcopy-bandwidth",
      kind: "integer",
      default: 0,
      min: 0,
      unit: "bytes a second",
      sides: "source",
    },
    since: "3.0",
    evidence: [{ kind: "commit", commit: "7e555c6c58", release: "3.0" }],
  },
];

/** `downtime-limit`. */
export const DOWNTIME_LIMIT: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/downtime-limit",
    claim: "The parameter downtime-limit exists.",
    value: {
      name: "downtime-limit",
      kind: "integer",
      default: 300,
      min: 0,
      max: 2000000,
      unit: "milliseconds",
      sides: "source",
    },
    since: "2.8",
    evidence: [{ kind: "commit", commit: "2ff3025797", release: "2.8" }],
  },
];

/** `tls-creds`. */
export const TLS_CREDS: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/tls-creds",
    claim: "The parameter tls-creds exists.",
    value: { name: "tls-creds", kind: "string", default: "", sides: "both" },
    since: "2.7",
    evidence: [{ kind: "source", where: "2.7.0: qapi-schema.json" }],
    notes: "Null and empty mean without TLS, on both sides alike.",
  },
];

/** `tls-hostname`. */
export const TLS_HOSTNAME: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/tls-hostname",
    claim: "The parameter tls-hostname exists.",
    value: { name: "tls-hostname", kind: "string", default: "", sides: "source" },
    since: "2.7",
    evidence: [{ kind: "commit", commit: "69ef1f36b0", release: "2.7" }],
  },
];

/** `tls-authz`. */
export const TLS_AUTHZ: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/tls-authz",
    claim: "The parameter tls-authz exists.",
    value: { name: "tls-authz", kind: "string", default: "", sides: "destination" },
    since: "4.0",
    evidence: [{ kind: "commit", commit: "d2f1d29b95", release: "4.0" }],
  },
];

/** `mode`. */
export const MODE: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/mode/8.2",
    claim: "The parameter mode exists.",
    value: {
      name: "mode",
      kind: "enumeration",
      default: "normal",
      values: ["normal", "cpr-reboot"],
      sides: "both",
    },
    since: "8.2",
    until: "10.0",
    evidence: [{ kind: "source", where: "8.2.0: qapi/migration.json" }],
  },
  {
    id: "qemu/parameters/mode/10.0",
    claim: "The values of mode are others.",
    value: {
      name: "mode",
      kind: "enumeration",
      default: "normal",
      values: ["normal", "cpr-reboot", "cpr-transfer"],
      sides: "both",
    },
    since: "10.0",
    until: "10.2",
    evidence: [{ kind: "source", where: "10.0.0: qapi/migration.json, MigMode" }],
  },
  {
    id: "qemu/parameters/mode/10.2",
    claim: "The values of mode are others.",
    value: {
      name: "mode",
      kind: "enumeration",
      default: "normal",
      values: ["normal", "cpr-reboot", "cpr-transfer", "cpr-exec"],
      sides: "both",
    },
    since: "10.2",
    evidence: [{ kind: "source", where: "10.2.0: qapi/migration.json, MigMode" }],
  },
];

/** `cpr-exec-command`. */
export const CPR_EXEC_COMMAND: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/cpr-exec-command",
    claim: "The parameter cpr-exec-command exists.",
    value: { name: "cpr-exec-command", kind: "list", default: null, sides: "source" },
    since: "10.2",
    evidence: [{ kind: "commit", commit: "f57ff59f1e", release: "10.2" }],
  },
];

/** `direct-io`. */
export const DIRECT_IO: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/direct-io",
    claim: "The parameter direct-io exists.",
    value: { name: "direct-io", kind: "boolean", default: false, sides: "each" },
    since: "9.1",
    evidence: [{ kind: "commit", commit: "b43b61d5be", release: "9.1" }],
  },
];

/** `block-bitmap-mapping`. */
export const BLOCK_BITMAP_MAPPING: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/block-bitmap-mapping",
    claim: "The parameter block-bitmap-mapping exists.",
    value: { name: "block-bitmap-mapping", kind: "list", default: null, sides: "both" },
    since: "5.2",
    evidence: [{ kind: "commit", commit: "31e4c354b3", release: "5.2" }],
    notes: "Each side has its own; both have to lead to the same aliases.",
  },
];

/** `x-rdma-chunk-size`. */
export const X_RDMA_CHUNK_SIZE: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/x-rdma-chunk-size",
    claim: "The parameter x-rdma-chunk-size exists.",
    value: {
      name: "x-rdma-chunk-size",
      kind: "integer",
      default: 1048576,
      min: 1048576,
      max: 1073741824,
      unit: "bytes",
      sides: "both",
    },
    since: "11.1",
    evidence: [{ kind: "commit", commit: "97dc5cf045", release: "11.1" }],
    notes: "A power of two.",
  },
];
