import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The error of a main channel that cannot be written to; %s is the text of the errno. */
export const WRITE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/write-error",
    claim: "A failed write is told in the error of the migration.",
    value: { template: "Unable to write to socket: %s", to: "error" },
    since: "4.2",
    evidence: [
      { kind: "source", where: "4.2: migration/migration.c, migration_detect_error(); io/channel-socket.c" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
    notes: "Before, the migration fails without an error.",
  },
];

/** The error of a return path that ends. */
export const CHANNEL_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/channel-error",
    claim: "The end of the return path is told in the error of the migration.",
    value: { template: "Channel error: Input/output error", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "f4b897f4854c", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** The error of a return path that the other side has reset. */
export const READ_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/read-error",
    claim: "A failed read of the return path is told in the error of the migration.",
    value: { template: "Unable to read from socket: Connection reset by peer", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** The error of a main channel that breaks while RAM is set up. */
export const WRITE_SETUP_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/write-setup-error",
    claim: "A setup of RAM that cannot be sent is told in the error of the migration.",
    value: { template: "ram_save_setup failed: Input/output error", to: "error" },
    since: "9.1",
    evidence: [
      { kind: "source", where: "9.1: migration/ram.c, ram_save_setup()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** A handler that could not write; its section id and name. */
export const SAVE_ENTRY_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/save-entry-failed/named",
    claim: "The handler that could not write is named on stderr.",
    value: { template: "failed to save SaveStateEntry with id(name): %d(%s)", to: "stderr" },
    since: "4.2",
    until: "7.0",
    evidence: [
      { kind: "commit", commit: "4991f3091ede", release: "4.2" },
      { kind: "run", of: "5.2.0" },
    ],
  },
  {
    id: "qemu/source/save-entry-failed/numbered",
    claim: "The handler that could not write is named on stderr, with its errno.",
    value: { template: "failed to save SaveStateEntry with id(name): %d(%s): %d", to: "stderr" },
    since: "7.0",
    evidence: [
      { kind: "source", where: "7.0: migration/savevm.c, qemu_savevm_state_iterate()" },
      { kind: "run", of: "7.2.22, 11.1.3" },
    ],
  },
];

/** The section id of RAM, counted by what registers itself before it. */
export const RAM_SECTION: readonly Fact<number>[] = [
  {
    id: "qemu/source/ram-section/2",
    claim: "The section of RAM has id 2 in a small x86 guest.",
    value: 2,
    since: "2.5",
    until: { after: "7.2.22", atLatest: "10.0" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22" }],
    notes: "Other machines can differ.",
  },
  {
    id: "qemu/source/ram-section/1",
    claim: "The section of RAM has id 1 in a small x86 guest.",
    value: 1,
    since: { after: "7.2.22", atLatest: "10.0" },
    evidence: [{ kind: "run", of: "10.0.13, 11.1.3" }],
    notes: "Other machines can differ.",
  },
];

/** A socket that is closed already; %s is the text of the errno. */
export const SHUTDOWN_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/shutdown-failed",
    claim: "A socket that cannot be shut down is a line on stderr.",
    value: { template: "Unable to shutdown socket: %s", to: "stderr" },
    since: "9.0",
    evidence: [
      { kind: "commit", commit: "e8c44363fbf2", release: "9.0" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** A return path that is read on after the source closed it. */
export const READ_AFTER_CLOSE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/read-after-close",
    claim: "A further error of a channel that has one is a line on stderr.",
    value: { template: "Unable to read from socket: Bad file descriptor", to: "stderr" },
    since: "4.2",
    evidence: [
      { kind: "source", where: "4.2: migration/qemu-file.c, qemu_file_set_error_obj()" },
      { kind: "run", of: "7.2.22" },
    ],
  },
];

/** A source that pauses says so. */
export const PAUSED_TEXT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/paused-text",
    claim: "A pause is a line on stderr.",
    value: { template: "Detected IO failure for postcopy. Migration paused.", to: "stderr" },
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0 to 11.1: migration/migration.c, postcopy_pause()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
];

/** The main channel breaks while postcopy starts, behind the package. */
export const POSTCOPY_START_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/postcopy-start-error/printed",
    claim: "A start of postcopy that fails is a line on stderr.",
    value: { template: "postcopy_start: Migration stream errored", to: "stderr" },
    since: "2.5",
    until: "8.1",
    evidence: [
      { kind: "source", where: "2.5 to 8.0: migration/migration.c, postcopy_start()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/source/postcopy-start-error/told",
    claim: "A start of postcopy that fails is told in the error, which is printed as well.",
    value: { template: "postcopy_start: Migration stream errored", to: "error" },
    since: "8.1",
    until: "9.0",
    evidence: [{ kind: "source", where: "8.1: migration/migration.c, postcopy_start()" }],
  },
  {
    id: "qemu/source/postcopy-start-error/errno",
    claim: "A start of postcopy that fails is told in the error, with its errno.",
    value: { template: "postcopy_start: Migration stream error: Input/output error", to: "error" },
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0 to 11.1: migration/migration.c, postcopy_start()" }],
  },
];

/** The main channel is broken before the package is sent. */
export const POSTCOPY_PACKAGE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/postcopy-package-error/printed",
    claim: "A channel that breaks before the package is a line on stderr.",
    value: { template: "postcopy_start: Migration stream errored (pre package)", to: "stderr" },
    since: "2.9",
    until: "8.1",
    evidence: [
      { kind: "source", where: "2.9 to 8.0: migration/migration.c, postcopy_start()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/source/postcopy-package-error/told",
    claim: "A channel that breaks before the package is told in the error, which is printed as well.",
    value: { template: "postcopy_start: Migration stream errored (pre package)", to: "error" },
    since: "8.1",
    evidence: [{ kind: "source", where: "8.1 to 11.1: migration/migration.c, postcopy_start()" }],
  },
];

/** The line behind those of a start of postcopy that failed. */
export const POSTCOPY_START_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/postcopy-start-failed",
    claim: "That postcopy did not start is a line of its own.",
    value: { template: "migration_iteration_run: postcopy failed to start", to: "stderr" },
    since: "2.12",
    until: "8.1",
    evidence: [
      { kind: "commit", commit: "2ad873057e0d", release: "2.12" },
      { kind: "source", where: "2.12 to 8.0: migration/migration.c, migration_iteration_run()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
];

/** A recovery that fails before the handshake. */
export const RESUME_PREPARE_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/resume-prepare-failed",
    claim: "A recovery that fails while bitmaps are awaited is a line on stderr.",
    value: { template: "postcopy_do_resume: resume_prepare() failure detected: %d", to: "stderr" },
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0 to 11.1: migration/migration.c, postcopy_do_resume()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** A recovery that fails in the handshake. */
export const RESUME_HANDSHAKE_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/resume-handshake-failed",
    claim: "A recovery that fails while its acknowledgement is awaited is a line on stderr.",
    value: { template: "postcopy_do_resume: handshake failed: %d", to: "stderr" },
    since: "3.0",
    evidence: [{ kind: "source", where: "3.0 to 11.1: migration/migration.c, postcopy_do_resume()" }],
  },
];
