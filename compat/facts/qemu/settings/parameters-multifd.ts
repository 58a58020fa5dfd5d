import type { Fact } from "../../fact.ts";
import type { Parameter } from "./parameter.ts";

/** `multifd-channels`. */
export const MULTIFD_CHANNELS: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/multifd-channels/x-multifd-channels",
    claim: "The parameter x-multifd-channels exists, as an experiment.",
    value: { name: "x-multifd-channels", kind: "integer", default: 2, min: 1, max: 255, sides: "both" },
    since: "2.11",
    until: "4.0",
    evidence: [{ kind: "commit", commit: "4075fb1ca4", release: "2.11" }],
    notes: "Nothing compares it; the destination waits for as many connections as it has set.",
  },
  {
    id: "qemu/parameters/multifd-channels/4.0",
    claim: "x-multifd-channels has become multifd-channels.",
    value: { name: "multifd-channels", kind: "integer", default: 2, min: 1, max: 255, sides: "both" },
    since: "4.0",
    evidence: [{ kind: "commit", commit: "cbfd6c957a", release: "4.0" }],
    notes: "Nothing compares it; the destination waits for as many connections as it has set.",
  },
];

/** `x-multifd-page-count`. */
export const X_MULTIFD_PAGE_COUNT: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/x-multifd-page-count",
    claim: "The parameter x-multifd-page-count exists.",
    value: { name: "x-multifd-page-count", kind: "integer", default: 16, min: 1, max: 10000, sides: "both" },
    since: "2.11",
    until: "4.0",
    evidence: [
      { kind: "commit", commit: "0fb86605ea", release: "2.11" },
      { kind: "commit", commit: "efd1a1d640", release: "4.0" },
    ],
  },
];

/** `multifd-compression`. */
export const MULTIFD_COMPRESSION: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/multifd-compression/5.0",
    claim: "The parameter multifd-compression exists.",
    value: {
      name: "multifd-compression",
      kind: "enumeration",
      default: "none",
      values: ["none", "zlib", "zstd"],
      sides: "both",
    },
    since: "5.0",
    until: "9.1",
    evidence: [{ kind: "commit", commit: "96eef04238", release: "5.0" }],
    notes: "Not negotiated; a difference shows in the packets, or as a hang.",
  },
  {
    id: "qemu/parameters/multifd-compression/9.1",
    claim: "The values of multifd-compression are others.",
    value: {
      name: "multifd-compression",
      kind: "enumeration",
      default: "none",
      values: ["none", "zlib", "zstd", "qpl", "uadk"],
      sides: "both",
    },
    since: "9.1",
    until: "9.2",
    evidence: [{ kind: "source", where: "9.1.0: qapi/migration.json, MultiFDCompression" }],
    notes: "Not negotiated; a difference shows in the packets, or as a hang.",
  },
  {
    id: "qemu/parameters/multifd-compression/9.2",
    claim: "The values of multifd-compression are others.",
    value: {
      name: "multifd-compression",
      kind: "enumeration",
      default: "none",
      values: ["none", "zlib", "zstd", "qatzip", "qpl", "uadk"],
      sides: "both",
    },
    since: "9.2",
    evidence: [{ kind: "source", where: "9.2.0: qapi/migration.json, MultiFDCompression" }],
    notes: "Not negotiated; a difference shows in the packets, or as a hang.",
  },
];

/** `multifd-zlib-level`. */
export const MULTIFD_ZLIB_LEVEL: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/multifd-zlib-level",
    claim: "The parameter multifd-zlib-level exists.",
    value: { name: "multifd-zlib-level", kind: "integer", default: 1, min: 0, max: 9, sides: "source" },
    since: "5.0",
    evidence: [{ kind: "commit", commit: "9004db48c0", release: "5.0" }],
    notes: "Before 9.0 a value beyond the range is taken: 5.2.0 and 7.2.22 answered no error.",
  },
];

/** `multifd-zstd-level`. */
export const MULTIFD_ZSTD_LEVEL: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/multifd-zstd-level",
    claim: "The parameter multifd-zstd-level exists.",
    value: { name: "multifd-zstd-level", kind: "integer", default: 1, min: 0, max: 20, sides: "source" },
    since: "5.0",
    evidence: [{ kind: "commit", commit: "6a9ad15420", release: "5.0" }],
    notes: "Before 9.0 a value beyond the range is taken: 5.2.0 and 7.2.22 answered no error.",
  },
];

/** `multifd-qatzip-level`. */
export const MULTIFD_QATZIP_LEVEL: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/multifd-qatzip-level",
    claim: "The parameter multifd-qatzip-level exists.",
    value: { name: "multifd-qatzip-level", kind: "integer", default: 1, min: 1, max: 9, sides: "source" },
    since: "9.2",
    evidence: [{ kind: "commit", commit: "86c6eb1f39", release: "9.2" }],
  },
];

/** `zero-page-detection`. */
export const ZERO_PAGE_DETECTION: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/zero-page-detection",
    claim: "The parameter zero-page-detection exists.",
    value: {
      name: "zero-page-detection",
      kind: "enumeration",
      default: "multifd",
      values: ["none", "legacy", "multifd"],
      sides: "source-needs-destination",
    },
    since: "9.0",
    evidence: [{ kind: "commit", commit: "5fdbb1dfcc", release: "9.0" }],
    notes:
      "Machine types up to 8.2 have legacy instead. A destination before 9.0 does not know the zero pages of multifd.",
  },
];
