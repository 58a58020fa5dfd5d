import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What a source does that has a return path, but nobody at its other end. */
export const PIPE_AWAITS_RETURN_PATH: readonly Fact<"for-ever">[] = [
  {
    id: "qemu/single-connection/return-path/pipe",
    claim:
      "Towards a command the source waits for its return path to end, which it never does: all is written, and the migration does not end.",
    value: "for-ever",
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: exec: with return-path, postcopy-ram" }],
  },
];

/** The same towards a file. */
export const FILE_HAS_NO_RETURN_PATH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/single-connection/return-path-of-file",
    claim: "Towards a file the source cannot read its return path, and fails when all is written.",
    value: { template: "Unable to read from file: Bad file descriptor", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "source", where: "8.2.0: io/channel-file.c, qio_channel_file_readv()" },
      { kind: "run", of: "10.0.13, 11.1.3: file: with return-path, postcopy-ram" },
    ],
  },
];

/** What becomes of multifd on a source whose transport has one connection only, where migrate does not refuse it. */
export const MULTIFD_ALONE: readonly Fact<"crashes" | "fails">[] = [
  {
    id: "qemu/single-connection/multifd/crashes",
    claim: "The process dies as it looks for an address to connect to.",
    value: "crashes",
    since: "4.0",
    until: "6.2",
    evidence: [
      { kind: "source", where: "4.0.0, 6.1.0: migration/socket.c, socket_send_channel_create()" },
      { kind: "run", of: "5.2.0: exec:, SIGSEGV" },
    ],
  },
  {
    id: "qemu/single-connection/multifd/fails",
    claim: "The setup of RAM fails, with a line on stderr.",
    value: "fails",
    since: "6.2",
    until: "8.0",
    evidence: [
      { kind: "commit", commit: "b7acd65707", release: "6.2" },
      { kind: "run", of: "7.2.22: exec:" },
    ],
  },
];

/** The line of that failure, on either side. */
export const MULTIFD_ALONE_TEXT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/single-connection/multifd-text",
    claim: "That a transport has one connection only is a line on stderr.",
    value: { template: "multifd is not supported by current protocol", to: "stderr" },
    since: "6.2",
    until: "8.0",
    evidence: [
      {
        kind: "source",
        where: "6.2.0, 7.2.0: migration/multifd.c, multifd_save_setup(), multifd_load_setup()",
      },
      { kind: "run", of: "7.2.22: exec:, both sides" },
    ],
  },
];

/** What a source does with postcopy-preempt on a transport of one connection. */
export const PREEMPT_ALONE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/single-connection/preempt",
    claim: "postcopy-preempt fails a migration over one connection as it begins, with a line on stderr.",
    value: {
      template:
        "Postcopy preempt is not supported as current migration stream does not support multi-channels.",
      to: "stderr",
    },
    since: "7.1",
    until: "8.0",
    evidence: [{ kind: "source", where: "7.1.0, 7.2.0: migration/postcopy-ram.c, postcopy_preempt_setup()" }],
  },
];
