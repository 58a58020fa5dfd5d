import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What a bad `compress-level` is answered with. */
export const COMPRESS_LEVEL: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/compress-level/2.5",
    claim: "A compress-level that is out of range is refused.",
    value: {
      template: "Parameter 'compress_level' expects is invalid, it should be in the range of 0 to 9",
      to: "error",
    },
    since: "2.5",
    until: "6.0",
    evidence: [
      { kind: "source", where: "2.5.0: migration/migration.c, qmp_migrate_set_parameters()" },
      { kind: "run", of: "5.2.0: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/compress-level/6.0",
    claim: "A compress-level that is out of range is refused, in new words.",
    value: { template: "Parameter 'compress_level' expects a value between 0 and 9", to: "error" },
    since: "6.0",
    until: "9.1",
    evidence: [
      { kind: "source", where: "6.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "7.2.22: migrate-set-parameters" },
    ],
  },
];

/** What a bad `compress-threads` is answered with. */
export const COMPRESS_THREADS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/compress-threads/2.5",
    claim: "A compress-threads that is out of range is refused.",
    value: {
      template: "Parameter 'compress_threads' expects is invalid, it should be in the range of 1 to 255",
      to: "error",
    },
    since: "2.5",
    until: "6.0",
    evidence: [
      { kind: "source", where: "2.5.0: migration/migration.c, qmp_migrate_set_parameters()" },
      { kind: "run", of: "5.2.0: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/compress-threads/6.0",
    claim: "A compress-threads that is out of range is refused, in new words.",
    value: { template: "Parameter 'compress_threads' expects a value between 1 and 255", to: "error" },
    since: "6.0",
    until: "9.1",
    evidence: [
      { kind: "source", where: "6.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "7.2.22: migrate-set-parameters" },
    ],
  },
];

/** What a bad `decompress-threads` is answered with. */
export const DECOMPRESS_THREADS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/decompress-threads/2.5",
    claim: "A decompress-threads that is out of range is refused.",
    value: {
      template: "Parameter 'decompress_threads' expects is invalid, it should be in the range of 1 to 255",
      to: "error",
    },
    since: "2.5",
    until: "6.0",
    evidence: [
      { kind: "source", where: "2.5.0: migration/migration.c, qmp_migrate_set_parameters()" },
      { kind: "run", of: "5.2.0: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/decompress-threads/6.0",
    claim: "A decompress-threads that is out of range is refused, in new words.",
    value: { template: "Parameter 'decompress_threads' expects a value between 1 and 255", to: "error" },
    since: "6.0",
    until: "9.1",
    evidence: [
      { kind: "source", where: "6.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "7.2.22: migrate-set-parameters" },
    ],
  },
];

/** What a bad `multifd-channels` is answered with. */
export const MULTIFD_CHANNELS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/multifd-channels/2.11",
    claim: "A multifd-channels that is out of range is refused.",
    value: {
      template: "Parameter 'multifd_channels' expects is invalid, it should be in the range of 1 to 255",
      to: "error",
    },
    since: "2.11",
    until: "6.0",
    evidence: [
      { kind: "source", where: "2.11.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "5.2.0: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/multifd-channels/6.0",
    claim: "A multifd-channels that is out of range is refused, in new words.",
    value: { template: "Parameter 'multifd_channels' expects a value between 1 and 255", to: "error" },
    since: "6.0",
    until: "11.0",
    evidence: [
      { kind: "source", where: "6.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "7.2.22, 10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/multifd-channels/11.0",
    claim: "A multifd-channels that is out of range is refused, in new words.",
    value: { template: "Option multifd-channels expects a value between 1 and 255", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `x-multifd-page-count` is answered with. */
export const X_MULTIFD_PAGE_COUNT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/x-multifd-page-count",
    claim: "A x-multifd-page-count that is out of range is refused.",
    value: {
      template: "Parameter 'multifd_page_count' expects is invalid, it should be in the range of 1 to 10000",
      to: "error",
    },
    since: "2.11",
    until: "4.0",
    evidence: [{ kind: "source", where: "2.11.0: migration/migration.c, migrate_params_check()" }],
  },
];

/** What a bad `multifd-zlib-level` is answered with. */
export const MULTIFD_ZLIB_LEVEL: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/multifd-zlib-level/9.0",
    claim: "A multifd-zlib-level that is out of range is refused.",
    value: { template: "Parameter 'multifd_zlib_level' expects a value between 0 and 9", to: "error" },
    since: "9.0",
    until: "11.0",
    evidence: [
      { kind: "source", where: "9.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/multifd-zlib-level/11.0",
    claim: "A multifd-zlib-level that is out of range is refused, in new words.",
    value: { template: "Option multifd-zlib-level expects a value between 0 and 9", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `multifd-zstd-level` is answered with. */
export const MULTIFD_ZSTD_LEVEL: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/multifd-zstd-level/9.0",
    claim: "A multifd-zstd-level that is out of range is refused.",
    value: { template: "Parameter 'multifd_zstd_level' expects a value between 0 and 20", to: "error" },
    since: "9.0",
    until: "11.0",
    evidence: [
      { kind: "source", where: "9.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/multifd-zstd-level/11.0",
    claim: "A multifd-zstd-level that is out of range is refused, in new words.",
    value: { template: "Option multifd-zstd-level expects a value between 0 and 20", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `multifd-qatzip-level` is answered with. */
export const MULTIFD_QATZIP_LEVEL: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/multifd-qatzip-level/9.2",
    claim: "A multifd-qatzip-level that is out of range is refused.",
    value: { template: "Parameter 'multifd_qatzip_level' expects a value between 1 and 9", to: "error" },
    since: "9.2",
    until: "11.0",
    evidence: [
      { kind: "source", where: "9.2.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/multifd-qatzip-level/11.0",
    claim: "A multifd-qatzip-level that is out of range is refused, in new words.",
    value: { template: "Option multifd-qatzip-level expects a value between 1 and 9", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];
