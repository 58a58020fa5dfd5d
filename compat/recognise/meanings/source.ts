import type { Meaning } from "./meaning.ts";

const READ_DESTINATION = "Read the destination's log: the reason is there.";

/** How the source's sending, and its connections, fail. */
export const SOURCE_MEANINGS: readonly Meaning[] = [
  {
    subjects: [
      "qemu/source/write-error",
      "qemu/source/command-write-error",
      "qemu/source/file-write-error",
      "qemu/source/write-setup-error",
      "qemu/source/completion-ram",
      "qemu/source/completion-flush",
    ],
    side: "source",
    stage: "precopy",
    meaning: "The source could not send on. It is mostly only the echo of what happened on the other side.",
    causes: [
      "The destination refused the stream and exited.",
      "multifd or its channel count differs, and the destination closed connections.",
      "The network broke, or the disk is full (file:).",
    ],
    remedies: [READ_DESTINATION, "The guest goes on here; after the cause is mended, migrate again."],
    values: [["errno"]],
    errno: {
      "Broken pipe": "The destination had closed the connection: it refused the stream and exited.",
      "Connection reset by peer":
        "The destination went away with bytes unread: it refused the stream and exited, or was killed.",
      "Bad file descriptor":
        "This side had closed the connection itself, because of an error that came first.",
      "Input/output error": "An earlier error had stopped the channel.",
      "No space left on device": "The disk to which the guest is saved is full.",
    },
  },
  {
    subjects: ["qemu/source/read-error", "qemu/source/read-after-close"],
    side: "either",
    stage: "precopy",
    meaning:
      "The connection was gone when something was to be read from it (for the source: the return path).",
    causes: ["The other side exited, or this side had closed already after an earlier error."],
    remedies: ["Read the other side's log, and this side's earlier lines."],
    values: [["errno"]],
    errno: {
      "Connection reset by peer": "The other process went away: it refused the stream or was killed.",
    },
  },
  {
    subjects: ["qemu/source/shutdown-failed"],
    side: "either",
    stage: "precopy",
    meaning:
      "A connection that was to be shut down was gone already. It does no harm by itself: another error came first.",
    causes: ["The other side closed first."],
    remedies: ["Look for the error before it."],
    values: [["errno"]],
    errno: {
      "Transport endpoint is not connected": "The other side had gone already.",
      "Bad file descriptor": "This side had closed it already.",
    },
  },
  {
    subjects: ["qemu/source/save-entry-failed"],
    side: "source",
    stage: "precopy",
    meaning: "Sending a section failed and ended the migration; the guest goes on here.",
    causes: [
      "The connection broke, mostly because the destination refused the stream.",
      "A multifd channel failed.",
    ],
    remedies: [READ_DESTINATION, "Read the error-desc of query-migrate: it has the first error."],
    values: [
      ["section id", "section", "ret"],
      ["section id", "section"],
    ],
  },
  {
    subjects: [
      "qemu/source/postcopy-package-error",
      "qemu/source/postcopy-start-error",
      "qemu/source/postcopy-start-failed",
    ],
    side: "source",
    stage: "switchover",
    meaning: "Postcopy was to begin and could not: the channel had failed. The guest goes on at the source.",
    causes: [
      "The destination had refused the stream (postcopy-ram set on one side only, devices that differ).",
      "The network broke.",
    ],
    remedies: [READ_DESTINATION, "Set postcopy-ram on both sides before migrate."],
    related: ["qemu/errata/postcopy-start-stuck"],
  },
  {
    subjects: ["qemu/source/resume-handshake-failed", "qemu/source/resume-prepare-failed"],
    side: "source",
    stage: "recover",
    meaning:
      "The recovery of a paused postcopy did not succeed; the migration stays paused and can be resumed again.",
    causes: ["The connection broke again.", "It went to another process than the one that is paused."],
    remedies: ["migrate-recover on the paused destination with a new address, then migrate with resume."],
    values: [["ret"]],
  },
  {
    subjects: ["qemu/source/completion-status"],
    side: "source",
    stage: "switchover",
    meaning:
      "The migration was to be completed and had another status by then, mostly because it was being cancelled.",
    causes: ["migrate_cancel came at the last moment.", "The return path failed at the same time."],
    remedies: ["Nothing to repair: the guest goes on here. Look at error-desc for an earlier error."],
    values: [["status"]],
  },
  {
    subjects: ["qemu/source/connect-failed"],
    side: "source",
    stage: "connect",
    meaning: "A connection to the destination could not be opened.",
    causes: [
      "The destination is not listening: not started, exited, another port, or it takes no more connections (multifd, preempt).",
      "A firewall between the hosts.",
    ],
    remedies: [
      "Check that the destination lives and listens (query-migrate there: setup), and its log.",
      "Set multifd and postcopy-preempt alike on both sides.",
    ],
    values: [["address", "errno"], ["address"], ["host", "port", "errno"]],
    errno: {
      "Connection refused": "Nothing listens there any more: a destination that has failed closes its port.",
    },
  },
  {
    subjects: ["qemu/source/json-assertion"],
    side: "source",
    stage: "switchover",
    meaning: "The source crashes while it writes the description of the devices; the guest is lost with it.",
    causes: ["migration.send-configuration was switched off by hand, on a release from 8.2 on."],
    remedies: ["Do not set migration.send-configuration=off; use the machine type's own setting."],
  },
  {
    subjects: ["qemu/source/socket-assertion"],
    side: "either",
    stage: "postcopy",
    meaning: "The process aborts because a connection that it wanted to use was closed in the meantime.",
    causes: ["The other side failed just when postcopy began: two errors meet."],
    remedies: ["Mend the cause on the other side: its log has it. Newer releases do not abort here."],
  },
  {
    subjects: ["qemu/source/address-unknown", "qemu/source/bind-failed"],
    side: "either",
    stage: "connect",
    meaning: "The address cannot be used: the host's name is not known here, or it cannot be listened on.",
    causes: [
      "A mistyped or unknown host name.",
      "The port is taken, or the address is not one of this host.",
    ],
    remedies: ["Check name resolution; choose another port (libvirt: migration_port_min in qemu.conf)."],
    values: [["host", "port", "reason"], ["errno"]],
  },
  {
    subjects: ["qemu/source/return-path-unopened"],
    side: "source",
    stage: "connect",
    meaning: "Postcopy needs a return path, and this transport has none.",
    causes: ["postcopy-ram with exec:, fd: of a pipe, or file:."],
    remedies: ["Use tcp: or unix:, or switch postcopy-ram off."],
  },
];
