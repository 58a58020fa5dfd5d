import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What makes a destination of COLO of one that has loaded. */
export const COLO_BEGINS: readonly Fact<"command" | "capability">[] = [
  {
    id: "qemu/colo/command",
    claim: "A destination that read ENABLE_COLO goes on as COLO's secondary when it has loaded.",
    value: "command",
    since: "3.1",
    until: "11.0",
    evidence: [
      { kind: "commit", commit: "aad555c229", release: "3.1" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
  {
    id: "qemu/colo/capability",
    claim: "A destination with x-colo goes on as COLO's secondary when it has loaded, whatever it read.",
    value: "capability",
    since: "11.0",
    evidence: [
      { kind: "commit", commit: "af4cee59fa", release: "11.0" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** A secondary speaks on the return path that the migration has, and aborts where there is none. */
export const COLO_NEEDS_RETURN_PATH: readonly Fact<string>[] = [
  {
    id: "qemu/colo/return-path",
    claim: "A secondary ends the migration's return path with SHUT and goes on with it; it must be there.",
    value: "migration/colo.c:841: colo_process_incoming_thread: Assertion `mis->to_src_file' failed.",
    since: "11.0",
    evidence: [
      { kind: "commit", commit: "161e603975", release: "11.0" },
      { kind: "run", of: "11.1.3" },
    ],
    notes: "The line is that of 11.1.3.",
  },
];

/** The text for a message of COLO's that does not come. */
export const COLO_MESSAGE_MISSING: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/colo/message",
    claim: "The text of a secondary whose channel ends.",
    value: { template: "Can't receive COLO message: %s", to: "stderr" },
    since: "2.8",
    evidence: [
      { kind: "commit", commit: "4f97558e10", release: "2.8" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
];

/** Postcopy of a guest that is to be replicated. */
export const COLO_IN_POSTCOPY: readonly Fact<string>[] = [
  {
    id: "qemu/colo/in-postcopy",
    claim: "A source with x-colo aborts when postcopy is complete, since it is in no state to end in.",
    value:
      "migration_iteration_finish: Unknown ending state 5\n../../migration/migration.c:1740: migrate_fd_cleanup: Assertion `!migration_is_active(s)' failed.",
    since: { after: "2.12", atLatest: "5.2" },
    until: "7.0",
    evidence: [
      { kind: "source", where: "5.2.0, 6.2.0: migration/migration.c, migration_completion()" },
      { kind: "commit", commit: "eeeb48ee33", release: "7.0" },
      { kind: "run", of: "5.2.0 to 5.2.0 and 10.0.13; 7.2.22 and 10.0.13 complete" },
    ],
    notes: "The lines are those of 5.2.0.",
  },
];

/** The secondary in postcopy. */
export const COLO_SECONDARY_IN_POSTCOPY: readonly Fact<string>[] = [
  {
    id: "qemu/colo/secondary-in-postcopy",
    claim: "A destination with x-colo aborts when postcopy is complete, with the guest running on it.",
    value:
      "system/memory.c:2912: memory_global_dirty_log_do_stop: Assertion `(global_dirty_tracking & flags) == flags' failed.",
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/migration.c, process_incoming_migration_co()" },
      { kind: "run", of: "7.2.22 and 11.1.3 to 11.1.3" },
    ],
    notes: "The line is that of 11.1.3.",
  },
];
