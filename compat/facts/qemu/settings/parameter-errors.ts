import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What a bad `max-bandwidth` is answered with. */
export const MAX_BANDWIDTH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/max-bandwidth/2.8",
    claim: "A max-bandwidth that is out of range is refused.",
    value: {
      template: "Parameter 'max_bandwidth' expects an integer in the range of 0 to %llu bytes/second",
      to: "error",
    },
    since: "2.8",
    until: "5.1",
    evidence: [{ kind: "source", where: "2.8.0: migration/migration.c, qmp_migrate_set_parameters()" }],
  },
  {
    id: "qemu/parameter-errors/max-bandwidth/5.1",
    claim: "A max-bandwidth that is out of range is refused, in new words.",
    value: {
      template:
        "Parameter 'max_bandwidth' expects an integer in the range of 0 to (18446744073709551615UL) bytes/second",
      to: "error",
    },
    since: "5.1",
    until: "11.0",
    evidence: [{ kind: "source", where: "5.1.0: migration/migration.c, migrate_params_check()" }],
  },
  {
    id: "qemu/parameter-errors/max-bandwidth/11.0",
    claim: "A max-bandwidth that is out of range is refused, in new words.",
    value: {
      template:
        "Option max-bandwidth expects an integer in the range of 0 to (18446744073709551615UL) bytes/second",
      to: "error",
    },
    since: "11.0",
    evidence: [{ kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" }],
  },
];

/** What a bad `downtime-limit` is answered with. */
export const DOWNTIME_LIMIT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/downtime-limit/2.8",
    claim: "A downtime-limit that is out of range is refused.",
    value: {
      template: "Parameter 'downtime_limit' expects an integer in the range of 0 to 2000000 milliseconds",
      to: "error",
    },
    since: "2.8",
    until: "5.1",
    evidence: [{ kind: "source", where: "2.8.0: migration/migration.c, qmp_migrate_set_parameters()" }],
  },
  {
    id: "qemu/parameter-errors/downtime-limit/5.1",
    claim: "A downtime-limit that is out of range is refused, in new words.",
    value: {
      template: "Parameter 'downtime_limit' expects an integer in the range of 0 to (2000 * 1000) ms",
      to: "error",
    },
    since: "5.1",
    until: "11.0",
    evidence: [
      { kind: "source", where: "5.1.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/downtime-limit/11.0",
    claim: "A downtime-limit that is out of range is refused, in new words.",
    value: {
      template: "Option downtime-limit expects an integer in the range of 0 to (2000 * 1000) ms",
      to: "error",
    },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `x-checkpoint-delay` is answered with. */
export const X_CHECKPOINT_DELAY: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/x-checkpoint-delay",
    claim: "A x-checkpoint-delay that is out of range is refused.",
    value: {
      template: "Parameter 'x_checkpoint_delay' expects is invalid, it should be positive",
      to: "error",
    },
    since: "2.8",
    until: "2.12",
    evidence: [{ kind: "source", where: "2.8.0: migration/migration.c, qmp_migrate_set_parameters()" }],
  },
];

/** What a bad `xbzrle-cache-size` is answered with. */
export const XBZRLE_CACHE_SIZE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/xbzrle-cache-size/2.11",
    claim: "A xbzrle-cache-size that is out of range is refused.",
    value: {
      template:
        "Parameter 'xbzrle_cache_size' expects is invalid, it should be bigger than target page size and a power of two",
      to: "error",
    },
    since: "2.11",
    until: "5.0",
    evidence: [{ kind: "source", where: "2.11.0: migration/migration.c, migrate_params_check()" }],
  },
  {
    id: "qemu/parameter-errors/xbzrle-cache-size/5.0",
    claim: "A xbzrle-cache-size that is out of range is refused, in new words.",
    value: {
      template:
        "Parameter 'xbzrle_cache_size' expects is invalid, it should be bigger than target page size and a power of 2",
      to: "error",
    },
    since: "5.0",
    until: "6.0",
    evidence: [
      { kind: "source", where: "5.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "5.2.0: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/xbzrle-cache-size/6.0",
    claim: "A xbzrle-cache-size that is out of range is refused, in new words.",
    value: {
      template: "Parameter 'xbzrle_cache_size' expects a power of two no less than the target page size",
      to: "error",
    },
    since: "6.0",
    until: "11.0",
    evidence: [
      { kind: "source", where: "6.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "7.2.22, 10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/xbzrle-cache-size/11.0",
    claim: "A xbzrle-cache-size that is out of range is refused, in new words.",
    value: {
      template: "Option xbzrle-cache-size expects a power of two no less than the target page size",
      to: "error",
    },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `avail-switchover-bandwidth` is answered with. */
export const AVAIL_SWITCHOVER_BANDWIDTH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/avail-switchover-bandwidth/8.2",
    claim: "A avail-switchover-bandwidth that is out of range is refused.",
    value: {
      template:
        "Parameter 'avail_switchover_bandwidth' expects an integer in the range of 0 to (18446744073709551615UL) bytes/second",
      to: "error",
    },
    since: "8.2",
    until: "11.0",
    evidence: [{ kind: "source", where: "8.2.0: migration/options.c, migrate_params_check()" }],
  },
  {
    id: "qemu/parameter-errors/avail-switchover-bandwidth/11.0",
    claim: "A avail-switchover-bandwidth that is out of range is refused, in new words.",
    value: {
      template:
        "Option avail-switchover-bandwidth expects an integer in the range of 0 to (18446744073709551615UL) bytes/second",
      to: "error",
    },
    since: "11.0",
    evidence: [{ kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" }],
  },
];

/** What a bad `x-rdma-chunk-size` is answered with. */
export const X_RDMA_CHUNK_SIZE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/x-rdma-chunk-size",
    claim: "A x-rdma-chunk-size that is out of range is refused.",
    value: {
      template: "Option x_rdma_chunk_size expects a power of 2 in the range 1MiB to 1024MiB",
      to: "error",
    },
    since: "11.1",
    evidence: [
      { kind: "source", where: "11.1.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];
