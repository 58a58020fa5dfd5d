import type { Fact } from "../../fact.ts";

/** Integer parameters by what they are read as. */
export interface IntegerTypes {
  readonly int: readonly string[];
  readonly uint8: readonly string[];
  readonly uint32: readonly string[];
  readonly uint64: readonly string[];
}

/** In which order migrate-set-parameters reads its members. */
export const MEMBER_ORDER: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/parameter-members/order",
    claim: "Members are read in this order, whatever the order in the command; those of a release, that is.",
    value: [
      "announce-initial",
      "announce-max",
      "announce-rounds",
      "announce-step",
      "compress-level",
      "compress-threads",
      "compress-wait-thread",
      "decompress-threads",
      "throttle-trigger-threshold",
      "x-cpu-throttle-initial",
      "cpu-throttle-initial",
      "x-cpu-throttle-increment",
      "cpu-throttle-increment",
      "cpu-throttle-tailslow",
      "tls-creds",
      "tls-hostname",
      "tls-authz",
      "max-bandwidth",
      "avail-switchover-bandwidth",
      "downtime-limit",
      "x-checkpoint-delay",
      "block-incremental",
      "x-multifd-channels",
      "multifd-channels",
      "x-multifd-page-count",
      "xbzrle-cache-size",
      "max-postcopy-bandwidth",
      "max-cpu-throttle",
      "multifd-compression",
      "multifd-zlib-level",
      "multifd-qatzip-level",
      "multifd-zstd-level",
      "block-bitmap-mapping",
      "x-vcpu-dirty-limit-period",
      "vcpu-dirty-limit",
      "mode",
      "zero-page-detection",
      "direct-io",
      "x-rdma-chunk-size",
      "cpr-exec-command",
    ],
    since: "2.5",
    evidence: [
      {
        kind: "source",
        where: "2.5.0 to 11.1.0-rc2, each first release: qapi/migration.json, MigrateSetParameters",
      },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: two to four bad members at a time" },
    ],
  },
];

/** What the integers among them are read as. */
export const INTEGER_TYPES: readonly Fact<IntegerTypes>[] = [
  {
    id: "qemu/parameter-members/integers/int",
    claim: "Most integers are read as int, of 64 bits and with a sign.",
    value: {
      int: [
        "compress-level",
        "compress-threads",
        "decompress-threads",
        "throttle-trigger-threshold",
        "x-cpu-throttle-initial",
        "cpu-throttle-initial",
        "x-cpu-throttle-increment",
        "cpu-throttle-increment",
        "max-bandwidth",
        "downtime-limit",
        "x-checkpoint-delay",
        "x-multifd-channels",
        "multifd-channels",
        "x-multifd-page-count",
        "max-cpu-throttle",
        "multifd-zlib-level",
        "multifd-zstd-level",
      ],
      uint8: [],
      uint32: [],
      uint64: [
        "xbzrle-cache-size",
        "max-postcopy-bandwidth",
        "announce-initial",
        "announce-max",
        "announce-rounds",
        "announce-step",
      ],
    },
    since: "2.5",
    until: "6.0",
    evidence: [
      { kind: "source", where: "2.5.0, 5.2.0: qapi/migration.json, MigrateSetParameters" },
      { kind: "run", of: "5.2.0: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-members/integers/unsigned",
    claim: "Every integer has an unsigned type of its own.",
    value: {
      int: [],
      uint8: [
        "compress-level",
        "compress-threads",
        "decompress-threads",
        "throttle-trigger-threshold",
        "cpu-throttle-initial",
        "cpu-throttle-increment",
        "multifd-channels",
        "max-cpu-throttle",
        "multifd-zlib-level",
        "multifd-zstd-level",
        "multifd-qatzip-level",
      ],
      uint32: ["x-checkpoint-delay"],
      uint64: [
        "max-bandwidth",
        "avail-switchover-bandwidth",
        "downtime-limit",
        "xbzrle-cache-size",
        "max-postcopy-bandwidth",
        "announce-initial",
        "announce-max",
        "announce-rounds",
        "announce-step",
        "x-vcpu-dirty-limit-period",
        "vcpu-dirty-limit",
        "x-rdma-chunk-size",
      ],
    },
    since: "6.0",
    evidence: [
      { kind: "source", where: "6.0.0, 11.1.0-rc2: qapi/migration.json, MigrateSetParameters" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3: migrate-set-parameters" },
    ],
  },
];

/** Parameters of which only the low bits are kept before they are compared with their range. */
export const LOW_BITS_KEPT: readonly Fact<{
  readonly 8: readonly string[];
  readonly 32: readonly string[];
}>[] = [
  {
    id: "qemu/parameter-members/low-bits-kept",
    claim: "Of these only the low 8 or 32 bits are kept and compared: 257 multifd-channels are one.",
    value: {
      8: [
        "compress-level",
        "compress-threads",
        "decompress-threads",
        "throttle-trigger-threshold",
        "cpu-throttle-initial",
        "cpu-throttle-increment",
        "x-multifd-channels",
        "multifd-channels",
        "max-cpu-throttle",
      ],
      32: ["x-checkpoint-delay", "x-multifd-page-count"],
    },
    since: "2.12",
    until: "6.0",
    evidence: [
      { kind: "source", where: "2.12.0, 5.2.0: qapi/migration.json, MigrationParameters" },
      { kind: "run", of: "5.2.0: migrate-set-parameters with 256 and 257" },
    ],
  },
];
