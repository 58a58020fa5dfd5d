import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What a source tells of a main channel that broke while it wrote the last of it. */
export const COMPLETION_ERROR_TOLD: readonly Fact[] = [
  {
    id: "qemu/source/completion-error-told",
    claim: "A main channel that breaks in the last stage is told in the error of the migration.",
    value: true,
    since: "9.0",
    evidence: [
      { kind: "source", where: "8.2.0 and 9.0.0: migration/migration.c, migration_completion()" },
      { kind: "run", of: "5.2.0, 7.2.22: failed without an error; 10.0.13, 11.1.3" },
    ],
  },
];

/** What stands before that error where it arose while RAM was written for the last time. */
export const COMPLETION_RAM: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/completion-ram",
    claim: "An error of the last pass over RAM is told as such.",
    value: { template: "Failed to save iterable device state: %s", to: "error" },
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "e37df09677", release: "11.1" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** What stands before that error where it arose while the state of devices was written. */
export const COMPLETION_FLUSH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/completion-flush",
    claim: "An error behind the state of devices is told as one of the last flush.",
    value: { template: "Failed to flush QEMUFile: %s", to: "error" },
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "e37df09677", release: "11.1" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** The error of a channel to a command that cannot be written to; %s is the text of the errno. */
export const COMMAND_WRITE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/command-write-error",
    claim: "A failed write to the command of exec: is told in the error of the migration.",
    value: { template: "Unable to write to command: %s", to: "error" },
    since: "4.2",
    evidence: [
      { kind: "source", where: "4.2.0 to 11.1.0: io/channel-command.c, qio_channel_command_writev()" },
    ],
  },
];

/** The error of a channel to a file that cannot be written to; %s is the text of the errno. */
export const FILE_WRITE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/file-write-error",
    claim: "A failed write to a file or pipe is told in the error of the migration.",
    value: { template: "Unable to write to file: %s", to: "error" },
    since: "4.2",
    evidence: [{ kind: "source", where: "4.2.0 to 11.1.0: io/channel-file.c, qio_channel_file_writev()" }],
  },
];

/** When the channels of multifd are made. */
export const MULTIFD_CONNECTS: readonly Fact<"beside-main" | "before-main-begins">[] = [
  {
    id: "qemu/source/multifd-connects/beside-main",
    claim:
      "Multifd channels connect while the main channel begins; nothing of it leaves the buffer before all channels have sent their first SYNC.",
    value: "beside-main",
    since: "3.0",
    until: "9.0",
    evidence: [
      {
        kind: "source",
        where: "5.2.0, 7.2.0: migration/migration.c, migrate_fd_connect(); ram_save_setup()",
      },
    ],
  },
  {
    id: "qemu/source/multifd-connects/before",
    claim: "Nothing is written on the main channel before all multifd channels are connected.",
    value: "before-main-begins",
    since: "9.0",
    evidence: [
      {
        kind: "source",
        where: "9.0.0 to 11.1-rc2: migration/migration.c, migration_thread(); multifd_send_setup()",
      },
    ],
  },
];
