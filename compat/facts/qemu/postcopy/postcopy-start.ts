import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The capabilities with which postcopy is announced and may be started. */
export const POSTCOPY_ENABLED_BY: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/postcopy/enabled-by/experiment",
    claim: "A source with x-postcopy-ram announces postcopy, and may be told to start it.",
    value: ["x-postcopy-ram"],
    since: "2.5",
    until: "2.6",
    evidence: [{ kind: "source", where: "2.5.0: migration/migration.c, migrate_postcopy_ram()" }],
  },
  {
    id: "qemu/postcopy/enabled-by/ram",
    claim: "A source with postcopy-ram announces postcopy, and may be told to start it.",
    value: ["postcopy-ram"],
    since: "2.6",
    until: "2.12",
    evidence: [
      { kind: "commit", commit: "32c3db5b21", release: "2.6" },
      { kind: "source", where: "2.6.0, 2.11.0: migration/migration.c, migrate_postcopy_ram()" },
    ],
  },
  {
    id: "qemu/postcopy/enabled-by/bitmaps",
    claim: "A source with dirty-bitmaps does so too; its POSTCOPY_ADVISE is empty without postcopy-ram.",
    value: ["postcopy-ram", "dirty-bitmaps"],
    since: "2.12",
    evidence: [
      { kind: "commit", commit: "58110f0acb", release: "2.12" },
      { kind: "source", where: "2.12.0: migration/migration.c, migrate_postcopy()" },
    ],
  },
];

/** What a source does that cannot make the connection of postcopy-preempt. */
export const PREEMPT_UNCONNECTED: readonly Fact<"fails" | "crashes">[] = [
  {
    id: "qemu/postcopy/preempt/unconnected/fails-with-reason",
    claim: "Postcopy does not start, and the migration fails with what the socket said.",
    value: "fails",
    since: "7.1",
    until: "8.1",
    evidence: [
      { kind: "source", where: "7.1.0, 8.0.0: migration/migration.c, postcopy_start()" },
      { kind: "run", of: "7.2.22 to 5.2.0" },
    ],
    notes: "The main channel stays open: the destination waits for ever.",
  },
  {
    id: "qemu/postcopy/preempt/unconnected/crashes",
    claim: "Postcopy does not start, and the process dies as it prints an error that nobody has set.",
    value: "crashes",
    since: "8.1",
    until: "9.0",
    evidence: [
      {
        kind: "source",
        where: "8.1.0, 8.2.0: migration/migration.c, postcopy_start(), migration_iteration_run()",
      },
      { kind: "commit", commit: "d0ad271a76", release: "9.0" },
    ],
  },
  {
    id: "qemu/postcopy/preempt/unconnected/fails",
    claim: "Postcopy does not start, the migration fails, and its channels are closed.",
    value: "fails",
    since: "9.0",
    evidence: [
      { kind: "commit", commit: "d0ad271a76", release: "9.0" },
      { kind: "run", of: "10.0.13, 11.1.3 to 5.2.0" },
    ],
  },
];

/** Whether an error of the preempt connection counts where postcopy is not begun. */
export const PREEMPT_ERROR_KEPT: readonly Fact[] = [
  {
    id: "qemu/postcopy/preempt/error-kept",
    claim: "A preempt connection that failed fails the migration at its end, even if postcopy never began.",
    value: true,
    since: "8.2",
    evidence: [
      { kind: "source", where: "8.1.0, 8.2.0: migration/migration.c, close_return_path_on_source()" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3 to 5.2.0: before, it is only printed" },
    ],
    notes: "The destination has the guest by then, and runs it.",
  },
];

/** What the socket says. */
export const CONNECT_REFUSED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/preempt/connect-refused",
    claim: "A connection that is refused is told with its address.",
    value: { template: "Failed to connect to '%s': Connection refused", to: "error" },
    since: { after: "4.2", atLatest: "5.2" },
    evidence: [
      { kind: "source", where: "4.2.0, 5.2.0, 11.1.0-rc2: util/qemu-sockets.c, inet_connect_saddr()" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** What becomes of a destination that had postcopy and multifd, when it is done. */
export const MULTIFD_YANK: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/multifd/yank",
    claim:
      "A destination with multifd aborts when postcopy is complete and the guest runs there: its channels are still registered.",
    value: {
      template:
        "../../util/yank.c:107: yank_unregister_instance: Assertion `QLIST_EMPTY(&entry->yankfns)' failed.",
      to: "stderr",
    },
    since: { after: "5.2.0", atLatest: "7.2" },
    until: "8.1",
    evidence: [{ kind: "run", of: "5.2.0 and 7.2.22 to 7.2.22" }],
    notes: "From 8.1 to 10.0 the two cannot be set together.",
  },
];

/** What a source sends that has postcopy and multifd. */
export const MULTIFD_POSTCOPY_STREAM: readonly Fact<"own-destinations">[] = [
  {
    id: "qemu/postcopy/multifd/stream",
    claim: "Postcopy with multifd does not come to its end with a destination before 8.1.",
    value: "own-destinations",
    since: "10.1",
    evidence: [
      { kind: "commit", commit: "e274188612", release: "10.1" },
      { kind: "run", of: "11.1.3 to 5.2.0 and 7.2.22: both sides stay in postcopy-active" },
    ],
  },
];

/** What becomes of a recovery with multifd. */
export const MULTIFD_RECOVERY: readonly Fact<"pauses" | "waits">[] = [
  {
    id: "qemu/postcopy/multifd/recovery/pauses",
    claim:
      "A destination does not count what came by multifd as received, asks for it again, and pauses again when it comes twice.",
    value: "pauses",
    since: { after: "2.12", atLatest: "5.2" },
    until: { after: "5.2.0", atLatest: "7.2" },
    evidence: [{ kind: "run", of: "5.2.0 and 7.2.22 to 5.2.0" }],
  },
  {
    id: "qemu/postcopy/multifd/recovery/waits",
    claim: "A destination waits for the multifd channels of the recovery, which are not made.",
    value: "waits",
    since: { after: "5.2.0", atLatest: "7.2" },
    until: "8.1",
    evidence: [{ kind: "run", of: "5.2.0 and 7.2.22 to 7.2.22; to 11.1.3 it completes" }],
  },
];
