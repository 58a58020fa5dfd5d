import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for a migration that has another status than expected when it is to be completed. */
export const COMPLETION_STATUS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/completion-status",
    claim: "A migration that is being cancelled is not completed.",
    value: { template: "Unexpected migration completion status %s", to: "error" },
    since: "11.1",
    evidence: [
      { kind: "source", where: "11.1.0: migration/migration.c, migration_completion()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** The texts for a connection that cannot be opened. */
export const CONNECT_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/connect-failed/socket",
    claim: "A connection that cannot be opened is told without its address.",
    value: { template: "Failed to connect socket: %s", to: "error" },
    since: "2.5",
    until: "5.2",
    evidence: [{ kind: "source", where: "2.5.0, 5.1.0: util/qemu-sockets.c, inet_connect_addr()" }],
    notes: "Of unix: sockets the path follows, since 2.10.",
  },
  {
    id: "qemu/source/connect-failed/address",
    claim: "The address is told.",
    value: { template: "Failed to connect to '%s:%s': %s", to: "error" },
    since: "5.2",
    evidence: [
      { kind: "source", where: "5.2.0 to 11.1.0: util/qemu-sockets.c, inet_connect_addr()" },
      { kind: "run", of: "7.2.22" },
    ],
  },
];

/** The text for a unix: socket that cannot be connected to. */
export const CONNECT_FAILED_PATH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/connect-failed/path",
    claim: "The path is told.",
    value: { template: "Failed to connect to '%s': %s", to: "error" },
    since: "5.2",
    evidence: [{ kind: "source", where: "5.2.0 to 11.1.0: util/qemu-sockets.c, unix_connect_saddr()" }],
  },
];

/** The text for a host name that cannot be found. */
export const ADDRESS_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/address-unknown",
    claim: "A host that has no address cannot be connected to.",
    value: { template: "address resolution failed for %s:%s: %s", to: "error" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0: util/qemu-sockets.c, inet_parse_connect_saddr()" }],
  },
];

/** The text for an address that cannot be listened on. */
export const LISTEN_REFUSED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/bind-failed",
    claim: "An address that is taken, or not of this host, cannot be listened on.",
    value: { template: "Failed to bind socket: %s", to: "error" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0: util/qemu-sockets.c, inet_listen_saddr()" }],
  },
];

/** The text for the connection of postcopy-preempt that does not come about. */
export const PREEMPT_UNOPENED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/preempt-unopened",
    claim: "Without its connection postcopy with preempt does not begin.",
    value: { template: "postcopy_start: Failed to establish preempt channel", to: "error" },
    since: "9.0",
    evidence: [
      { kind: "source", where: "9.0.0 to 11.1.0: migration/migration.c, postcopy_start()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** The crash of a source that describes its devices without having begun to, as it sends no configuration section. */
export const DESCRIPTION_ASSERTION: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/json-assertion/8.2",
    claim: "Without send-configuration a source crashes as it ends the description.",
    value: { template: "qobject/json-writer.c:74: leave_container: Assertion `depth' failed.", to: "stderr" },
    since: "8.2",
    until: "11.1",
    evidence: [
      { kind: "source", where: "8.1.0, 8.2.0: migration/savevm.c, qemu_savevm_state_header()" },
      { kind: "run", of: "10.0.13: send-configuration off" },
    ],
    notes: "What stands before the file's name depends on the build.",
  },
  {
    id: "qemu/source/json-assertion/11.1",
    claim: "The line differs.",
    value: { template: "qobject/json-writer.c:77: leave_container: Assertion `depth' failed.", to: "stderr" },
    since: "11.1",
    evidence: [{ kind: "run", of: "11.1.3: send-configuration off" }],
  },
];

/** The crash of a process whose connection was closed by another thread. */
export const SOCKET_ASSERTION: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/socket-assertion",
    claim: "A connection that another thread has closed crashes the process.",
    value: {
      template: "util/oslib-posix.c:233: qemu_socket_set_nonblock: Assertion `f == 0' failed.",
      to: "stderr",
    },
    since: "7.2",
    until: "8.0",
    evidence: [{ kind: "run", of: "7.2.22: a device missing on the destination, with postcopy" }],
    notes: "Seen in one line only; the assertion is in 5.1 to 10.1 on other lines of the file.",
  },
];
