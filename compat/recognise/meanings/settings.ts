import type { Meaning } from "./meaning.ts";

/** Commands that are refused before anything is sent. */
export const SETTING_MEANINGS: readonly Meaning[] = [
  {
    subjects: ["qemu/parameter-errors"],
    side: "either",
    stage: "configure",
    meaning:
      "migrate-set-parameters was refused: the value is out of the range that this release takes. Nothing of the command is set.",
    causes: [
      "The value was made for another release, whose range is wider.",
      "A number in another unit: bytes, percent, milliseconds.",
    ],
    remedies: [
      "Give a value within the range that the text names; migwire facts qemu/parameters lists ranges by release.",
    ],
    values: [["most"]],
  },
  {
    subjects: ["qemu/capability-rules"],
    side: "either",
    stage: "configure",
    meaning:
      "migrate-set-capabilities was refused: these capabilities do not go together in this release, one needs another, or it comes too late. Nothing of the command is set.",
    causes: [
      "Two features were switched on that exclude each other.",
      "A feature that another one needs is off.",
      "migrate-incoming was used before.",
    ],
    remedies: [
      "Switch one of the two off, or the needed one on, in one command; on the destination before migrate-incoming.",
      "migwire compat gate A B --want ... finds a set that both sides take.",
    ],
    values: [["feature"]],
  },
  {
    subjects: [
      "qemu/capability-rules/multifd-after-incoming",
      "qemu/capability-rules/postcopy-preempt-after-incoming",
    ],
    side: "destination",
    stage: "configure",
    meaning: "multifd and postcopy-preempt can only be changed while the destination does not listen yet.",
    causes: [
      "The process was started with -incoming and an address, so that it listened at once.",
      "From 8.1 to 10.0.1 any capability is refused like this once either of the two is on.",
    ],
    remedies: ["Start with -incoming defer, set capabilities and parameters, then migrate-incoming."],
    related: ["qemu/errata/capabilities-locked-while-listening"],
  },
  {
    subjects: ["qemu/capability-rules/zero-copy-needs-multifd"],
    side: "source",
    stage: "configure",
    meaning: "zero-copy-send works only with multifd without compression and without TLS.",
    causes: ["multifd is off, multifd-compression is set, xbzrle is on, or TLS is used."],
    remedies: ["Switch multifd on and compression and TLS off, or leave zero-copy-send off."],
  },
  {
    subjects: ["qemu/capability-rules/colo-without-replication"],
    side: "either",
    stage: "configure",
    meaning: "This build has no replication, which x-colo needs.",
    causes: ["QEMU was built without it."],
    remedies: ["Take a build with replication, or do without COLO."],
  },
  {
    subjects: ["qemu/capability-rules/dirty-limit-needs-kvm"],
    side: "source",
    stage: "configure",
    meaning: "dirty-limit needs KVM with a dirty ring.",
    causes: ["The guest runs under TCG, or without -accel kvm,dirty-ring-size=."],
    remedies: ["Use auto-converge instead, or start the guest with a dirty ring."],
  },
  {
    subjects: ["qemu/capability-warnings"],
    side: "either",
    stage: "configure",
    meaning: "A warning: the capability still works and will be removed.",
    causes: ["A management program sets it."],
    remedies: ["Leave it away; it has long had no effect worth it."],
  },
  {
    subjects: ["qemu/input-errors"],
    side: "either",
    stage: "configure",
    meaning:
      "A QMP command was refused because of its form: this release does not know the parameter or word that is named, or takes another type.",
    causes: [
      "The capability or parameter is newer than this release, or was removed from it.",
      "It was not built in (multifd-compression=zstd without zstd).",
      "A number was sent as a string, or the other way round.",
    ],
    remedies: [
      "Leave it away on both sides, or use releases that both have it: migwire compat gate A B says which features the two share.",
      "query-migrate-capabilities and query-migrate-parameters list what this process has.",
    ],
    values: [["parameter", "expected or value"], ["name"]],
  },
  {
    subjects: ["qemu/migrate-errors"],
    side: "either",
    stage: "connect",
    meaning:
      "migrate, migrate-incoming or a related command was refused: it does not fit the state or the settings.",
    causes: [
      "The command came in the wrong state.",
      "A capability is set that the transport or the mode cannot do.",
    ],
    remedies: ["Look at query-migrate and query-migrate-capabilities, and undo what the text names."],
    values: [["what"]],
  },
  {
    subjects: ["qemu/migrate-errors/multi-channel-uri"],
    side: "either",
    stage: "connect",
    meaning: "multifd or postcopy-preempt is on, and this transport has room for one connection only.",
    causes: ["exec:, fd: or file: without mapped-ram, together with multifd."],
    remedies: ["Use tcp: or unix:; for files set mapped-ram too; otherwise switch multifd off."],
  },
  {
    subjects: ["qemu/migrate-errors/seekable-transport", "qemu/migrate-errors/streamable-transport"],
    side: "either",
    stage: "connect",
    meaning:
      "mapped-ram needs a file in which can be written anywhere; streams need a transport without that.",
    causes: [
      "mapped-ram with exec:, a socket or a pipe.",
      "A file: where a stream is needed (postcopy, return path).",
    ],
    remedies: ["Use file:PATH with mapped-ram, and tcp:, unix: or exec: without it."],
  },
  {
    subjects: ["qemu/migrate-errors/guest-waits"],
    side: "destination",
    stage: "connect",
    meaning: "This process waits for an incoming migration: it has no guest that could be migrated away.",
    causes: [
      "The command went to the destination instead of the source.",
      "The incoming migration never came or has not ended.",
    ],
    remedies: ["Send the command to the source; look at query-status (inmigrate)."],
  },
  {
    subjects: ["qemu/migrate-errors/incoming-started"],
    side: "destination",
    stage: "connect",
    meaning: "migrate-incoming was used, or an address given to -incoming, already.",
    causes: ["A second try after a failure.", "-incoming with an address instead of defer."],
    remedies: ["Start the destination again with -incoming defer."],
  },
  {
    subjects: ["qemu/migrate-errors/postcopy-not-enabled", "qemu/migrate-errors/postcopy-not-started"],
    side: "source",
    stage: "postcopy",
    meaning: "migrate-start-postcopy came without postcopy-ram set, or before the migration.",
    causes: ["postcopy-ram was not set on both sides before migrate."],
    remedies: ["Set postcopy-ram on both sides, migrate, then migrate-start-postcopy."],
  },
  {
    subjects: [
      "qemu/migrate-errors/recover-when-paused",
      "qemu/migrate-errors/recovery-without-ram",
      "qemu/migrate-errors/pause",
    ],
    side: "either",
    stage: "recover",
    meaning: "migrate-pause, migrate-recover or a resume came in a state that does not allow it.",
    causes: [
      "The migration is not, or not yet, paused on this side: each side notices a broken connection by itself.",
    ],
    remedies: ["Wait until query-migrate says postcopy-paused on both sides; migrate-pause forces it."],
  },
  {
    subjects: ["qemu/transport-errors"],
    side: "either",
    stage: "connect",
    meaning: "The address begins with a transport that this release does not know.",
    causes: [
      "file: came with 8.2; older releases have only exec:, fd:, tcp:, unix: (and rdma:, vsock:).",
      "A mistyped address.",
    ],
    remedies: [
      "On older releases write a file by exec:cat >FILE and read it by exec:cat FILE.",
      "Check the spelling.",
    ],
    values: [["uri"]],
  },
  {
    subjects: ["qemu/transport-errors/zero-copy-parameters"],
    side: "source",
    stage: "configure",
    meaning: "zero-copy-send is on, and works only with multifd without compression and without TLS.",
    causes: ["multifd-compression or tls-creds were set afterwards."],
    remedies: ["Leave compression and TLS off, or switch zero-copy-send off."],
  },
  {
    subjects: ["qemu/transport-errors/cpr-channel"],
    side: "source",
    stage: "connect",
    meaning: "The mode cpr-transfer needs a second channel of the type cpr.",
    causes: ["migrate was given a uri, or channels without one of the type cpr."],
    remedies: ["Give migrate both channels, main and cpr; or set the parameter mode to normal."],
  },
  {
    subjects: ["qemu/single-connection"],
    side: "source",
    stage: "setup",
    meaning:
      "A capability needs more connections, or an answer, than this transport has; the migration fails as it begins or ends.",
    causes: ["multifd, postcopy-preempt or return-path together with exec:, fd: or file:."],
    remedies: [
      "Use tcp: or unix:, or switch the capability off; for files set mapped-ram together with multifd.",
    ],
  },
];
