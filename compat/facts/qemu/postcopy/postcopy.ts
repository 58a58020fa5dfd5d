import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";
import { movedText } from "../../moved-text.ts";

/** POSTCOPY_LISTEN too early or again. */
export const LISTEN_STATE = movedText({
  id: "qemu/postcopy/listen/state",
  claim: "The text for POSTCOPY_LISTEN in another state than after POSTCOPY_ADVISE or discards.",
  template: "CMD_POSTCOPY_LISTEN in wrong postcopy state (%d)",
  since: "2.5",
  movedIn: "10.2",
  commit: "208e522766",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_handle_listen()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** POSTCOPY_RUN without POSTCOPY_LISTEN. */
export const RUN_STATE = movedText({
  id: "qemu/postcopy/run/state",
  claim: "The text for POSTCOPY_RUN in another state than after POSTCOPY_LISTEN.",
  template: "CMD_POSTCOPY_RUN in wrong postcopy state (%d)",
  since: "2.5",
  movedIn: "10.2",
  commit: "ff6ae44e00",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_handle_run()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** POSTCOPY_RUN in a wrong state leaves it as it was. */
export const RUN_STATE_KEPT: readonly Fact[] = [
  {
    id: "qemu/postcopy/run/state-kept",
    claim:
      "POSTCOPY_RUN looks at the state before it changes it; before, it was running from then on even if refused.",
    value: true,
    since: "4.2",
    evidence: [
      { kind: "source", where: "4.1.0 and 4.2.0: migration/savevm.c, loadvm_postcopy_handle_run()" },
    ],
  },
];

/** What query-migrate tells from POSTCOPY_LISTEN on. */
export const LISTEN_STATUS: readonly Fact<"postcopy-active" | "postcopy-device">[] = [
  {
    id: "qemu/postcopy/listen/status/active",
    claim: "The status is postcopy-active.",
    value: "postcopy-active",
    since: "2.6",
    until: "10.2",
    evidence: [
      { kind: "source", where: "2.6.0 to 10.1.0: migration/savevm.c, postcopy_ram_listen_thread()" },
    ],
  },
  {
    id: "qemu/postcopy/listen/status/device",
    claim: "The status is postcopy-device until POSTCOPY_RUN, if there is a return path.",
    value: "postcopy-device",
    since: "10.2",
    evidence: [{ kind: "commit", commit: "7b842fe354", release: "10.2" }],
  },
];

/** What is printed when the listen thread fails. */
export const LISTEN_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/listen/failed/2.5",
    claim: "The listen thread prints the number of its error.",
    value: { template: "postcopy_ram_listen_thread: loadvm failed: %d", to: "stderr" },
    since: "2.5",
    until: "10.2",
    evidence: [
      { kind: "source", where: "2.5.0 to 10.1.0: migration/savevm.c, postcopy_ram_listen_thread()" },
    ],
  },
  {
    id: "qemu/postcopy/listen/failed/10.2",
    claim: "The error of the listen thread begins with its number.",
    value: { template: "loadvm failed during postcopy: %d: ", to: "error" },
    since: "10.2",
    evidence: [{ kind: "commit", commit: "bfcaa18a14", release: "10.2" }],
  },
];

/** A listen thread that fails with nothing but bitmaps to load. */
export const BITMAPS_MAY_BE_LOST: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/listen/bitmaps-lost/5.1",
    claim: "If only dirty bitmaps come by postcopy, the guest goes on without them.",
    value: {
      template:
        "postcopy_ram_listen_thread: loadvm failed during postcopy: %d. All states are migrated except dirty bitmaps. Some dirty bitmaps may be lost, and present migrated dirty bitmaps are correctly migrated and valid.",
      to: "stderr",
    },
    since: "5.1",
    until: "10.2",
    evidence: [{ kind: "commit", commit: "ee64722514", release: "5.1" }],
  },
  {
    id: "qemu/postcopy/listen/bitmaps-lost/10.2",
    claim: "If only dirty bitmaps come by postcopy, the guest goes on without them, and a hint says so.",
    value: {
      template:
        "All state is migrated except dirty bitmaps. Some dirty bitmaps may be lost, but any migrated dirty bitmaps are valid.",
      to: "error",
    },
    since: "10.2",
    evidence: [{ kind: "commit", commit: "bfcaa18a14", release: "10.2" }],
  },
];

/** A failed listen thread ends the process from the main loop. */
export const LISTENER_ERROR_TWICE: readonly Fact[] = [
  {
    id: "qemu/postcopy/listen/error-twice",
    claim: "The listen thread prints its error, and the main loop prints it again before the process exits.",
    value: true,
    since: "10.2",
    evidence: [
      {
        kind: "source",
        where: "10.2.0: migration/postcopy-ram.c, postcopy_listen_thread(), postcopy_listen_thread_bh()",
      },
    ],
  },
];

/** What becomes of a failure beside the listen thread. */
export const LISTENER_OUTLIVES_MAIN: readonly Fact[] = [
  {
    id: "qemu/postcopy/listen/outlives-main",
    claim:
      "Once POSTCOPY_LISTEN was read, a failure of the device state is not followed: all is left to the listen thread.",
    value: true,
    since: "10.2",
    evidence: [
      { kind: "source", where: "10.1.0 and 10.2.0: migration/migration.c, process_incoming_migration_co()" },
    ],
  },
];

/** The reader of the preempt channel goes on behind an end mark. */
export const PREEMPT_READS_ON: readonly Fact[] = [
  {
    id: "qemu/postcopy/preempt/reads-on",
    claim: "The preempt channel is read until the migration ends, not until its first end mark.",
    value: true,
    since: "8.0",
    evidence: [
      { kind: "source", where: "7.2.0 and 8.0.0: migration/postcopy-ram.c, postcopy_preempt_thread()" },
    ],
  },
];

/** Without postcopy-ram, POSTCOPY_LISTEN leaves RAM alone. */
export const LISTEN_NEEDS_CAPABILITY: readonly Fact[] = [
  {
    id: "qemu/postcopy/listen/needs-capability",
    claim: "POSTCOPY_LISTEN prepares RAM only with the postcopy-ram capability.",
    value: true,
    since: "2.11",
    evidence: [
      { kind: "source", where: "2.10.0 and 2.11.0: migration/savevm.c, loadvm_postcopy_handle_listen()" },
    ],
  },
];

/** A second POSTCOPY_LISTEN in a state that lets it pass. */
export const LISTEN_AGAIN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/listen/again",
    claim:
      "A second POSTCOPY_LISTEN that its state lets pass cannot register RAM again, and waits for a thread for ever.",
    value: { template: "ram_block_enable_notify userfault register: Device or resource busy", to: "stderr" },
    since: { after: "4.2", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" }],
  },
];

export const LISTEN_AGAIN_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/listen/again-failed",
    claim: "The second line of a second POSTCOPY_LISTEN.",
    value: { template: "ram_block_enable_notify failed", to: "stderr" },
    since: { after: "4.2", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" }],
  },
];

/** The main loop waits for the fault thread, which waits for a return path. */
export const STUCK_WITHOUT_RETURN_PATH: readonly Fact[] = [
  {
    id: "qemu/postcopy/listen/stuck-without-return-path",
    claim: "Without a return path the main loop hangs when the listen thread has ended.",
    value: true,
    since: "10.2",
    evidence: [
      { kind: "source", where: "10.2.0: migration/postcopy-ram.c, postcopy_listen_thread_bh()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];
