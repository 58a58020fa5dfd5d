import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** A destination whose channel is lost in postcopy waits for another one. */
export const PAUSES: readonly Fact<"running" | "running-with-ram">[] = [
  {
    id: "qemu/recovery/destination/pauses/any",
    claim: "A destination that runs keeps the guest when the listen thread fails, and waits for recovery.",
    value: "running",
    since: "3.0",
    until: "5.1",
    evidence: [{ kind: "commit", commit: "b411b844fb", release: "3.0" }],
  },
  {
    id: "qemu/recovery/destination/pauses/ram",
    claim: "So it does only if RAM comes by postcopy.",
    value: "running-with-ram",
    since: "5.1",
    evidence: [{ kind: "commit", commit: "ee64722514", release: "5.1" }],
  },
];

/** What a destination prints when it pauses. */
export const PAUSE_TEXT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/recovery/destination/pause-text",
    claim: "The text of a pause.",
    value: { template: "Detected IO failure for postcopy. Migration paused.", to: "stderr" },
    since: "3.0",
    evidence: [{ kind: "commit", commit: "b411b844fb", release: "3.0" }],
  },
];

/** A pause without a return path. */
export const PAUSE_NEEDS_RETURN_PATH: readonly Fact<string>[] = [
  {
    id: "qemu/recovery/destination/pause-needs-return-path",
    claim: "A destination without a return path aborts when it would pause.",
    value: "mis->to_src_file",
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0 to 11.1.0-rc2: migration/savevm.c, postcopy_pause_incoming()" },
    ],
  },
];

/** The states of a recovery, in their order. */
export const RECOVERY_STATES: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/recovery/states/3.0",
    claim: "A paused postcopy recovers in one step.",
    value: ["postcopy-paused", "postcopy-recover", "postcopy-active"],
    since: "3.0",
    until: "9.1",
    evidence: [
      { kind: "commit", commit: "b411b844fb", release: "3.0" },
      { kind: "commit", commit: "3f5875eca5", release: "3.0" },
    ],
  },
  {
    id: "qemu/recovery/states/9.1",
    claim: "Setting up the recovery's channels is a state of its own.",
    value: ["postcopy-paused", "postcopy-recover-setup", "postcopy-recover", "postcopy-active"],
    since: "9.1",
    evidence: [{ kind: "commit", commit: "4146b77ec7", release: "9.1" }],
  },
];

/** What a channel lost in postcopy-recover leads to. */
export const LOSS_WHILE_RECOVERING: readonly Fact<"crashes" | "pauses">[] = [
  {
    id: "qemu/recovery/loss-while-recovering/crashes",
    claim:
      "A destination that loses the channel in postcopy-recover does not wait for another, and crashes reading from none.",
    value: "crashes",
    since: "3.0",
    until: "8.2",
    evidence: [{ kind: "source", where: "8.1.0: migration/savevm.c, postcopy_pause_incoming()" }],
  },
  {
    id: "qemu/recovery/loss-while-recovering/pauses",
    claim: "A destination that loses the channel in postcopy-recover is paused again.",
    value: "pauses",
    since: "8.2",
    evidence: [{ kind: "source", where: "8.2.0: migration/savevm.c, postcopy_pause_incoming()" }],
  },
];

/** POSTCOPY_RESUME when nothing recovers. */
export const RESUME_ILLEGAL: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/recovery/resume/illegal/error",
    claim: "POSTCOPY_RESUME outside of recovery is complained about and ignored.",
    value: { template: "loadvm_postcopy_handle_resume: illegal resume received", to: "stderr" },
    since: "3.0",
    until: "10.2",
    evidence: [
      { kind: "commit", commit: "3f5875eca5", release: "3.0" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
  {
    id: "qemu/recovery/resume/illegal/warning",
    claim: "POSTCOPY_RESUME outside of recovery is warned about and ignored.",
    value: { template: "warning: loadvm_postcopy_handle_resume: illegal resume received", to: "stderr" },
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "3cd7a260e5", release: "10.2" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** POSTCOPY_RESUME before the preempt channel of the recovery. */
export const RESUME_WITHOUT_PREEMPT: readonly Fact<"aborts" | "waits">[] = [
  {
    id: "qemu/recovery/resume/preempt/aborts",
    claim: "POSTCOPY_RESUME aborts the process if the preempt channel is not there yet.",
    value: "aborts",
    since: "7.1",
    until: "8.0",
    evidence: [
      { kind: "source", where: "7.1.0 and 7.2.0: migration/savevm.c, loadvm_postcopy_handle_resume()" },
    ],
  },
  {
    id: "qemu/recovery/resume/preempt/waits",
    claim: "POSTCOPY_RESUME waits for the preempt channel.",
    value: "waits",
    since: "8.0",
    evidence: [{ kind: "commit", commit: "5655aab079", release: "8.0" }],
  },
];

/** The text of an abort, where its place in the source is known. */
export const PAUSE_ASSERTION: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/recovery/destination/pause-assertion/5.2",
    claim:
      "What the abort of a pause without a return path prints; the place is that of Debian's build of 5.2.0.",
    value: {
      template:
        "../../migration/savevm.c:2535: postcopy_pause_incoming: Assertion `mis->to_src_file' failed.",
      to: "stderr",
    },
    since: "5.2",
    until: "6.0",
    evidence: [{ kind: "run", of: "5.2.0" }],
  },
  {
    id: "qemu/recovery/destination/pause-assertion/7.2",
    claim:
      "What the abort of a pause without a return path prints; the place is that of Debian's build of 7.2.22.",
    value: {
      template:
        "../../migration/savevm.c:2565: postcopy_pause_incoming: Assertion `mis->to_src_file' failed.",
      to: "stderr",
    },
    since: "7.2",
    until: "8.0",
    evidence: [{ kind: "run", of: "7.2.22" }],
  },
  {
    id: "qemu/recovery/destination/pause-assertion/10.0",
    claim:
      "What the abort of a pause without a return path prints; the place is that of Debian's build of 10.0.13.",
    value: {
      template: "migration/savevm.c:2938: postcopy_pause_incoming: Assertion `mis->to_src_file' failed.",
      to: "stderr",
    },
    since: "10.0",
    until: "10.1",
    evidence: [{ kind: "run", of: "10.0.13" }],
  },
  {
    id: "qemu/recovery/destination/pause-assertion/11.1",
    claim:
      "What the abort of a pause without a return path prints; the place is that of Debian's build of 11.1.3.",
    value: {
      template: "migration/savevm.c:2956: postcopy_pause_incoming: Assertion `mis->to_src_file' failed.",
      to: "stderr",
    },
    since: "11.1",
    evidence: [{ kind: "run", of: "11.1.3" }],
  },
];

/** A pause shuts the socket down twice, which is told. */
export const PAUSE_SHUTDOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/recovery/destination/pause-shutdown",
    claim:
      "A pause complains that the return path cannot be shut down: its socket was closed with the main channel.",
    value: { template: "Unable to shutdown socket: Bad file descriptor", to: "stderr" },
    since: "9.0",
    evidence: [
      { kind: "commit", commit: "e8c44363fb", release: "9.0" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];
