import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** multifd and postcopy-preempt are refused on a transport that has one connection only. */
export const MULTI_CHANNEL_URI: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/multi-channel-uri",
    claim: "multifd and postcopy-preempt are refused on a transport that has one connection only.",
    value: { template: "Migration requires multi-channel URIs (e.g. tcp)", to: "error" },
    since: "8.0",
    evidence: [{ kind: "source", where: "8.0.0: migration/migration.c" }],
  },
];

/** mapped-ram is refused on anything but a file. */
export const SEEKABLE_TRANSPORT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/seekable-transport",
    claim: "mapped-ram is refused on anything but a file.",
    value: { template: "Migration requires seekable transport (e.g. file)", to: "error" },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0: migration/migration.c" }],
  },
];

/** direct-io with mapped-ram needs a transport from which more descriptors can be had. */
export const EXTRA_FDS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/extra-fds",
    claim: "direct-io with mapped-ram needs a transport from which more descriptors can be had.",
    value: { template: "Migration requires a transport that allows for extra fds (e.g. file)", to: "error" },
    since: "9.1",
    evidence: [{ kind: "source", where: "9.1.0: migration/migration.c" }],
  },
];

/** The connection of cpr-transfer is refused where it cannot be streamed. */
export const STREAMABLE_TRANSPORT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/streamable-transport",
    claim: "The connection of cpr-transfer is refused where it cannot be streamed.",
    value: { template: "Migration requires streamable transport (eg unix)", to: "error" },
    since: "10.0",
    evidence: [{ kind: "source", where: "10.0.0: migration/migration.c" }],
  },
];

/** mapped-ram is refused with TLS. */
export const TLS_WITH_MAPPED_RAM: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/tls-with-mapped-ram",
    claim: "mapped-ram is refused with TLS.",
    value: { template: "Cannot use TLS with mapped-ram", to: "error" },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0: migration/migration.c" }],
  },
];

/** mapped-ram is refused with multifd-compression. */
export const COMPRESSION_WITH_MAPPED_RAM: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/compression-with-mapped-ram",
    claim: "mapped-ram is refused with multifd-compression.",
    value: { template: "Cannot use compression with mapped-ram", to: "error" },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0: migration/migration.c" }],
  },
];

/** The modes for updating QEMU in place are refused with postcopy-ram, background-snapshot or x-colo, whose name fills the text. */
export const NOT_WITH_CPR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/not-with-cpr",
    claim:
      "The modes for updating QEMU in place are refused with postcopy-ram, background-snapshot or x-colo, whose name fills the text.",
    value: { template: "Cannot use %s with CPR", to: "error" },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0: migration/migration.c" }],
  },
];

/** RDMA is refused with postcopy-ram. */
export const RDMA_WITH_POSTCOPY: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/rdma-with-postcopy",
    claim: "RDMA is refused with postcopy-ram.",
    value: { template: "RDMA and postcopy-ram can't be used together", to: "error" },
    since: "10.1",
    evidence: [{ kind: "source", where: "10.1.0: migration/options.c" }],
  },
];

/** cpr-exec is refused without its command. */
export const EXEC_COMMAND_MISSING: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/exec-command-missing",
    claim: "cpr-exec is refused without its command.",
    value: { template: "cpr-exec mode requires setting cpr-exec-command", to: "error" },
    since: "10.2",
    evidence: [{ kind: "source", where: "10.2.0: migration/migration.c" }],
  },
];

/** A recovery is refused when release-ram has thrown pages away. */
export const RECOVERY_WITHOUT_RAM: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/recovery-without-ram",
    claim: "A recovery is refused when release-ram has thrown pages away.",
    value: { template: "Postcopy recovery cannot work when release-ram capability is set", to: "error" },
    since: "3.0",
    evidence: [{ kind: "source", where: "3.0.0: migration/migration.c" }],
  },
];

/** migrate-recover is refused where postcopy is not paused. */
export const RECOVER_WHEN_PAUSED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/recover-when-paused",
    claim: "migrate-recover is refused where postcopy is not paused.",
    value: { template: "Migrate recover can only be run when postcopy is paused.", to: "error" },
    since: "3.0",
    evidence: [{ kind: "source", where: "3.0.0: migration/migration.c" }],
  },
];

/** savevm is refused with a capability, whose name fills the text. */
export const SNAPSHOT_WITH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/snapshot-with",
    claim: "savevm and loadvm are refused with multifd, whose name fills the text.",
    value: { template: "Snapshots are not compatible with %s", to: "error" },
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "112b55f0b012", release: "10.2" },
      { kind: "source", where: "10.2.0, 11.1.0-rc2: migration/options.c, check_caps_savevm" },
    ],
  },
];

/** migrate-start-postcopy is refused before the migration. */
export const POSTCOPY_NOT_STARTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/postcopy-not-started",
    claim: "migrate-start-postcopy is refused before the migration.",
    value: { template: "Postcopy must be started after migration has been started", to: "error" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: migration/migration.c" }],
  },
];

/** migrate-start-postcopy is refused without postcopy-ram. */
export const POSTCOPY_NOT_ENABLED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/postcopy-not-enabled",
    claim: "migrate-start-postcopy is refused without postcopy-ram.",
    value: {
      template: "Enable postcopy with migrate_set_capability before the start of migration",
      to: "error",
    },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: migration/migration.c" }],
  },
];

/** A second migrate-incoming is refused. */
export const INCOMING_STARTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/incoming-started",
    claim: "A second migrate-incoming is refused.",
    value: { template: "The incoming migration has already been started", to: "error" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: migration/migration.c" }],
  },
];

/** migrate is refused on a destination. */
export const GUEST_WAITS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/guest-waits",
    claim: "migrate is refused on a destination.",
    value: { template: "Guest is waiting for an incoming migration", to: "error" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: migration/migration.c" }],
  },
];

/** migrate-pause outside of postcopy. */
export const PAUSE_WHEN_POSTCOPY: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/migrate-errors/pause/active",
    claim: "migrate-pause is refused unless postcopy is active.",
    value: {
      template: "migrate-pause is currently only supported during postcopy-active state",
      to: "error",
    },
    since: "3.0",
    until: "8.2",
    evidence: [{ kind: "source", where: "3.0.0: migration/migration.c" }],
  },
  {
    id: "qemu/migrate-errors/pause/recover",
    claim: "migrate-pause is refused unless postcopy is active or being recovered.",
    value: {
      template: "migrate-pause is currently only supported during postcopy-active or postcopy-recover state",
      to: "error",
    },
    since: "8.2",
    evidence: [{ kind: "source", where: "8.2.0: migration/migration.c" }],
  },
];
