import type { Fact } from "../../fact.ts";

/** What an error of the return path comes to in postcopy. */
export const POSTCOPY_RETURN_PATH_ERROR: readonly Fact<"fails" | "pauses" | "fails-when-complete">[] = [
  {
    id: "qemu/source/return-path-error-in-postcopy/fails",
    claim: "A wrong message on the return path fails postcopy.",
    value: "fails",
    since: "2.5",
    until: "3.0",
    evidence: [
      { kind: "source", where: "2.5.0, 2.12.0: migration/migration.c, source_return_path_thread()" },
    ],
  },
  {
    id: "qemu/source/return-path-error-in-postcopy/pauses",
    claim: "A wrong message on the return path pauses postcopy, as a lost connection does.",
    value: "pauses",
    since: "3.0",
    until: "8.2",
    evidence: [
      { kind: "source", where: "3.0.0, 8.1.0: migration/migration.c, migration_detect_error()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
    notes: "At the very beginning of postcopy it can fail instead.",
  },
  {
    id: "qemu/source/return-path-error-in-postcopy/latent",
    claim: "A wrong message on the return path fails postcopy when it is complete, without a recovery.",
    value: "fails-when-complete",
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** What a source knows of its destination without a return path. */
export const COMPLETES_UNHEARD: readonly Fact[] = [
  {
    id: "qemu/source/completes-unheard",
    claim: "A source without a return path completes once all is written, though its destination has failed.",
    value: true,
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [
      { kind: "run", of: "5.2.0, 7.2.22: multifd connections in another order; channel counts that differ" },
    ],
  },
];

/** Where a small guest fits into what the kernel keeps for a destination that does not read. */
export const HELD_WHOLE_BY: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/source/held-whole-by",
    claim:
      "TCP sockets take megabytes that nobody reads; Unix sockets and pipes do not, and the source blocks.",
    value: ["tcp"],
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [
      {
        kind: "run",
        of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: multifd on the destination only, over tcp, unix and exec",
      },
    ],
    notes:
      "By what Linux sets for sockets unless told otherwise; a guest of gigabytes fits into none of them.",
  },
];

/** When SWITCHOVER_START is sent. */
export const SWITCHOVER_START_SENT: readonly Fact<"unasked">[] = [
  {
    id: "qemu/source/switchover-start/unasked",
    claim:
      "SWITCHOVER_START is sent whatever the capabilities, and without a return path too; only the property send-switchover-start stops it.",
    value: "unasked",
    since: "10.0",
    evidence: [
      { kind: "commit", commit: "4e55cb3cdeb0", release: "10.0" },
      { kind: "run", of: "10.0.13: there with pc-q35-10.0, not with pc-q35-8.0 and 8.2" },
    ],
  },
];

/** Where SWITCHOVER_START is sent besides a migration. */
export const SWITCHOVER_START_ELSEWHERE: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/source/switchover-start/elsewhere",
    claim: "SWITCHOVER_START is also in snapshots and in each checkpoint of COLO.",
    value: ["savevm", "x-colo"],
    since: "10.0",
    until: "11.0",
    evidence: [
      { kind: "source", where: "10.0.0, 10.2.0: migration/savevm.c, qemu_savevm_state(); migration/colo.c" },
      { kind: "commit", commit: "93b974cbc163", release: "11.0" },
    ],
  },
];

/** When the connection of postcopy-preempt is made. */
export const PREEMPT_CONNECTS: readonly Fact<"in-setup" | "after-first-pong">[] = [
  {
    id: "qemu/source/preempt-connects/in-setup",
    claim: "The connection of postcopy-preempt is made during setup.",
    value: "in-setup",
    since: "7.1",
    until: "8.0",
    evidence: [{ kind: "commit", commit: "36f62f11e44b", release: "7.1" }],
  },
  {
    id: "qemu/source/preempt-connects/after-first-pong",
    claim:
      "The connection of postcopy-preempt is made when postcopy begins and a PONG has come; machine types up to 7.2 keep the old time.",
    value: "after-first-pong",
    since: "8.0",
    evidence: [
      { kind: "commit", commit: "5655aab079", release: "8.0" },
      { kind: "commit", commit: "6621883f9398", release: "8.0" },
    ],
  },
];

/** What the connection of postcopy-preempt begins with. */
export const PREEMPT_HEADER: readonly Fact<"none">[] = [
  {
    id: "qemu/source/preempt-header",
    claim: "The connection of postcopy-preempt begins with a RAM record, without a magic.",
    value: "none",
    since: "7.1",
    evidence: [{ kind: "source", where: "7.1.0: migration/ram.c, postcopy_preempt_choose_channel()" }],
  },
];
