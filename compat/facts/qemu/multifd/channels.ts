import type { Fact } from "../../fact.ts";

/** How a destination tells the main channel from the others. */
export const CHANNEL_MAPPING: readonly Fact<"order" | "peek-if-multifd" | "peek">[] = [
  {
    id: "qemu/channels/mapping/order",
    claim: "The first connection is the main channel, every other one is what is still missing.",
    value: "order",
    since: "2.5",
    until: "8.0",
    evidence: [
      {
        kind: "source",
        where: "3.0.0, 5.2.0, 7.2.0: migration/migration.c, migration_ioc_process_incoming()",
      },
      { kind: "run", of: "5.2.0, 7.2.22: mf-channel-before-main" },
    ],
    notes: "Before 3.0 one connection alone is accepted.",
  },
  {
    id: "qemu/channels/mapping/peek-if-multifd",
    claim:
      "With multifd on, and what excludes it off, four bytes are peeked at: QEVM is main, all else multifd.",
    value: "peek-if-multifd",
    since: "8.0",
    until: "10.1",
    evidence: [
      { kind: "commit", commit: "6720c2b32725", release: "8.0" },
      { kind: "run", of: "10.0.13: mf-both-channels-before-main" },
    ],
  },
  {
    id: "qemu/channels/mapping/peek",
    claim: "Four bytes are peeked at until main and all multifd channels are there.",
    value: "peek",
    since: "10.1",
    evidence: [
      { kind: "commit", commit: "00f3fcef1981", release: "10.1" },
      { kind: "run", of: "11.1.3: bad-magic" },
    ],
  },
];

/** Capabilities with which the order decides although multifd is on. */
export const PEEK_EXCLUDED_BY: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/channels/peek-excluded-by/postcopy",
    claim: "Nothing is peeked at with postcopy-ram.",
    value: ["postcopy-ram"],
    since: "8.0",
    until: "9.0",
    evidence: [{ kind: "commit", commit: "6720c2b32725", release: "8.0" }],
  },
  {
    id: "qemu/channels/peek-excluded-by/mapped-ram",
    claim: "Nothing is peeked at with postcopy-ram or mapped-ram.",
    value: ["postcopy-ram", "mapped-ram"],
    since: "9.0",
    until: "10.1",
    evidence: [{ kind: "source", where: "9.0.0, migration/migration.c, migration_ioc_process_incoming()" }],
  },
];

/** Transports whose channels cannot be peeked at, so that the order decides. */
export const PEEK_TRANSPORTS: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/channels/peek-transports",
    claim:
      "Only sockets that a destination accepted can be peeked at; with TLS, file:, exec: and fd:, a socket as fd: included, the order decides.",
    value: ["tcp", "unix", "vsock"],
    since: "8.0",
    evidence: [
      {
        kind: "source",
        where: "8.0.0 to 11.1.0-rc2: io/channel-socket.c, qio_channel_socket_accept(), but not _set_fd()",
      },
      {
        kind: "run",
        of: "11.1.3: a socket as fd: with a wrong magic is read as main, not refused for its magic",
      },
    ],
  },
];

/** What follows when a connection cannot become a channel. */
export const CHANNEL_ERROR: readonly Fact<"silent" | "printed" | "fatal">[] = [
  {
    id: "qemu/channels/error/silent",
    claim: "Nothing is said of a connection that cannot become a channel.",
    value: "silent",
    since: "3.0",
    until: "4.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_new_channel()" }],
  },
  {
    id: "qemu/channels/error/printed",
    claim: "The error is printed; the process goes on waiting.",
    value: "printed",
    since: "4.0",
    until: "10.0",
    evidence: [
      { kind: "source", where: "4.0.0, 9.2.0: migration/channel.c, migration_channel_process_incoming()" },
      { kind: "run", of: "5.2.0, 7.2.22: mf-version-0" },
    ],
  },
  {
    id: "qemu/channels/error/fatal",
    claim: "The error is printed, and the process exits unless exit-on-error is off.",
    value: "fatal",
    since: "10.0",
    evidence: [
      { kind: "source", where: "10.0.0, migration/channel.c, migration_channel_process_incoming()" },
      { kind: "run", of: "10.0.13, 11.1.3: mf-version-0" },
    ],
  },
];

/** The main channel of a postcopy-preempt destination is loaded only once the preempt channel is there. */
export const PREEMPT_AWAITED: readonly Fact[] = [
  {
    id: "qemu/channels/preempt-awaited",
    claim: "With postcopy-preempt loading begins when both connections are there.",
    value: true,
    since: "7.1",
    until: "8.0",
    evidence: [
      { kind: "source", where: "7.1.0, 7.2.0: migration/migration.c, migration_ioc_process_incoming()" },
    ],
  },
];

/** `status` of a destination that waits for its channels. */
export const WAITING_STATUS: readonly Fact<"setup">[] = [
  {
    id: "qemu/channels/waiting-status",
    claim: "A destination is in setup from when it listens until all its channels are there.",
    value: "setup",
    since: "8.2",
    evidence: [{ kind: "source", where: "8.2.0, migration/migration.c, qemu_start_incoming_migration()" }],
    notes: "Before it had no status until then.",
  },
];

/** How many connections a destination asks the kernel to keep that it has not taken yet; the kernel keeps one more. */
export const LISTEN_BACKLOG: readonly Fact<{
  readonly withMultifd: "multifd-channels";
  readonly otherwise: number;
}>[] = [
  {
    id: "qemu/channels/listen-backlog",
    claim:
      "As many connections as multifd-channels are kept waiting, or one without multifd; those beyond are not made until others were taken.",
    value: { withMultifd: "multifd-channels", otherwise: 1 },
    since: "4.2",
    evidence: [
      { kind: "commit", commit: "0705e56496", release: "4.2" },
      { kind: "source", where: "5.2.0 to 11.1.0-rc2: migration/socket.c, socket_start_incoming_migration()" },
      {
        kind: "run",
        of: "10.0.13, 11.1.3: four channels for two, or for none with 11.1.3, hang in setup; three for two do not",
      },
    ],
    notes:
      "A destination that waits for the first bytes of the main channel takes no others, and the source writes none before all are made.",
  },
];
