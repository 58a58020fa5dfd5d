import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** Why a connection cannot be peeked at. */
export const PEEK_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/channels/peek-failed",
    claim: "A connection that ends before its first byte cannot be peeked at.",
    value: { template: "Failed to peek at channel", to: "error" },
    since: "8.0",
    evidence: [
      { kind: "source", where: "8.0.0, migration/channel.c, migration_channel_read_peek()" },
      { kind: "run", of: "10.0.13, 11.1.3: mf-silent-first-connection-then-main" },
    ],
    notes: "One to three bytes are waited behind for ever, even when the connection has ended.",
  },
];

/** What is said of a magic that is neither QEVM nor multifd's. */
export const UNKNOWN_MAGIC: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/channels/unknown-magic",
    claim: "A connection with an unknown magic is refused, unless it is to recover a paused postcopy.",
    value: { template: "unknown channel magic: %u", to: "error" },
    since: "10.1",
    evidence: [
      { kind: "commit", commit: "00f3fcef1981", release: "10.1" },
      { kind: "run", of: "11.1.3: bad-magic" },
    ],
  },
];

/** The multifd magic on a destination that has multifd off. */
export const MULTIFD_OFF_ASSERTION: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/channels/multifd-off/10.1",
    claim: "A multifd channel aborts a destination with multifd off.",
    value: {
      template:
        "migration/migration.c:1052: migration_ioc_process_incoming: Assertion `migrate_multifd()' failed.",
      to: "stderr",
    },
    since: "10.1",
    until: "10.2",
    evidence: [{ kind: "source", where: "10.1.0, migration/migration.c" }],
    notes: "The path depends on the build, the line on the point release.",
  },
  {
    id: "qemu/channels/multifd-off/10.2",
    claim: "A multifd channel aborts a destination with multifd off.",
    value: {
      template:
        "migration/migration.c:1043: migration_ioc_process_incoming: Assertion `migrate_multifd()' failed.",
      to: "stderr",
    },
    since: "10.2",
    until: "11.0",
    evidence: [{ kind: "source", where: "10.2.0, migration/migration.c" }],
    notes: "The path depends on the build, the line on the point release.",
  },
  {
    id: "qemu/channels/multifd-off/11.0",
    claim: "A multifd channel aborts a destination with multifd off.",
    value: {
      template: "migration/channel.c:171: migration_channel_identify: Assertion `migrate_multifd()' failed.",
      to: "stderr",
    },
    since: "11.0",
    evidence: [{ kind: "source", where: "11.0.0, 11.1-rc2: migration/channel.c" }],
    notes: "The path depends on the build, the line on the point release.",
  },
];

/** A second connection with the main channel's magic, while multifd channels are missing. */
export const SECOND_MAIN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/channels/second-main/10.1",
    claim: "A second main channel aborts the destination; before it was put aside.",
    value: {
      template:
        "migration/migration.c:952: migration_incoming_setup: Assertion `!mis->from_src_file' failed.",
      to: "stderr",
    },
    since: "10.1",
    until: "10.2",
    evidence: [{ kind: "source", where: "10.1.0, migration/migration.c, migration_incoming_setup()" }],
  },
  {
    id: "qemu/channels/second-main/10.2",
    claim: "A second main channel aborts the destination.",
    value: {
      template:
        "migration/migration.c:943: migration_incoming_setup: Assertion `!mis->from_src_file' failed.",
      to: "stderr",
    },
    since: "10.2",
    until: "11.0",
    evidence: [{ kind: "source", where: "10.2.0, migration/migration.c, migration_incoming_setup()" }],
  },
  {
    id: "qemu/channels/second-main/11.0",
    claim: "A second main channel aborts the destination.",
    value: {
      template:
        "migration/migration.c:826: migration_incoming_setup: Assertion `!mis->from_src_file' failed.",
      to: "stderr",
    },
    since: "11.0",
    until: "11.1",
    evidence: [{ kind: "source", where: "11.0.0, migration/migration.c, migration_incoming_setup()" }],
  },
  {
    id: "qemu/channels/second-main/11.1",
    claim: "A second main channel aborts the destination.",
    value: {
      template:
        "migration/migration.c:827: migration_incoming_setup: Assertion `!mis->from_src_file' failed.",
      to: "stderr",
    },
    since: "11.1",
    evidence: [{ kind: "source", where: "11.1-rc2, migration/migration.c, migration_incoming_setup()" }],
  },
];

/** What becomes of a second main channel that was put aside, once the incoming migration is cleaned up. */
export const SECOND_MAIN_LEFT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/channels/second-main-left",
    claim: "A second main channel that was put aside aborts the process when the load ends.",
    value: {
      template: "util/yank.c:107: yank_unregister_instance: Assertion `QLIST_EMPTY(&entry->yankfns)' failed.",
      to: "stderr",
    },
    since: "9.1",
    until: "10.1",
    evidence: [
      { kind: "source", where: "9.1.0, migration/migration.c, migration_incoming_state_destroy()" },
      { kind: "run", of: "10.0.13: two main channels, then both multifd channels" },
    ],
  },
];

/** A connection beyond those that are needed. */
export const EXTRA_CONNECTION: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/channels/extra-connection",
    claim: "The listener stays until the migration ends; further connections are taken and closed.",
    value: {
      template: "socket_accept_incoming_migration: Extra incoming migration connection; ignoring",
      to: "stderr",
    },
    since: "6.1",
    evidence: [
      { kind: "source", where: "6.1.0, migration/socket.c, socket_accept_incoming_migration()" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3: no-mf-capability-extra-connection" },
    ],
    notes: "Before, the listener went once all channels were there, and nobody took further connections.",
  },
];

/** Whose error is printed when a load fails although a channel failed before. */
export const PRINTED_ERROR: readonly Fact<"load" | "channel-and-load" | "first">[] = [
  {
    id: "qemu/channels/printed-error/load",
    claim: "Only the error of the load is printed; what failed on a multifd channel is not told.",
    value: "load",
    since: "2.5",
    until: "9.0",
    evidence: [
      { kind: "source", where: "7.2.0, migration/migration.c, process_incoming_migration_co()" },
      { kind: "run", of: "5.2.0, 7.2.22: mf-packet-unknown-block" },
    ],
  },
  {
    id: "qemu/channels/printed-error/channel-and-load",
    claim: "The first error of a channel is printed, then that of the load.",
    value: "channel-and-load",
    since: "9.0",
    until: "9.1",
    evidence: [{ kind: "source", where: "9.0.0, migration/migration.c, process_incoming_migration_co()" }],
  },
  {
    id: "qemu/channels/printed-error/first",
    claim: "Only the first error is printed, a channel's or that of the load.",
    value: "first",
    since: "9.1",
    evidence: [
      { kind: "source", where: "9.1.0, migration/migration.c, process_incoming_migration_co()" },
      { kind: "run", of: "10.0.13, 11.1.3: mf-packet-unknown-block" },
    ],
  },
];

/** `error-desc` of a destination whose multifd channels failed, as long as its main channel goes on. */
export const CHANNEL_ERROR_TOLD: readonly Fact[] = [
  {
    id: "qemu/channels/error-told",
    claim: "query-migrate tells a destination's first error before the load ends.",
    value: true,
    since: "9.1",
    evidence: [
      { kind: "source", where: "9.1.0, migration/migration.c, fill_destination_migration_info()" },
      { kind: "run", of: "10.0.13, 11.1.3: a packet of another version; not told by 5.2.0, 7.2.22" },
    ],
  },
];
