import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What a guest that was loaded may go on as. */
export const ENTERED_RUN_STATES: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/run-states/entered/first",
    claim: "A guest that was loaded goes on as one of these; any other state aborts, inmigrate included.",
    value: [
      "internal-error",
      "io-error",
      "paused",
      "running",
      "shutdown",
      "suspended",
      "watchdog",
      "guest-panicked",
      "finish-migrate",
    ],
    since: "2.5",
    until: "2.6",
    evidence: [{ kind: "source", where: "2.5.0: vl.c, runstate_transitions_def and runstate_set()" }],
  },
  {
    id: "qemu/run-states/entered/prelaunch",
    claim: "A guest that was loaded may go on as prelaunch and postmigrate too.",
    value: [
      "internal-error",
      "io-error",
      "paused",
      "running",
      "shutdown",
      "suspended",
      "watchdog",
      "guest-panicked",
      "finish-migrate",
      "prelaunch",
      "postmigrate",
    ],
    since: "2.6",
    until: "2.7",
    evidence: [{ kind: "commit", commit: "98799b0d4b", release: "2.6" }],
  },
  {
    id: "qemu/run-states/entered/same",
    claim: "A guest that was loaded may stay as inmigrate too.",
    value: [
      "internal-error",
      "io-error",
      "paused",
      "running",
      "shutdown",
      "suspended",
      "watchdog",
      "guest-panicked",
      "finish-migrate",
      "prelaunch",
      "postmigrate",
      "inmigrate",
    ],
    since: "2.7",
    until: "2.8",
    evidence: [{ kind: "source", where: "2.7.0: vl.c, runstate_set() returns for the state there is" }],
  },
  {
    id: "qemu/run-states/entered/colo",
    claim: "A guest that was loaded may go on as colo too; debug, restore-vm, save-vm and preconfig abort.",
    value: [
      "internal-error",
      "io-error",
      "paused",
      "running",
      "shutdown",
      "suspended",
      "watchdog",
      "guest-panicked",
      "finish-migrate",
      "prelaunch",
      "postmigrate",
      "inmigrate",
      "colo",
    ],
    since: "2.8",
    evidence: [
      { kind: "commit", commit: "21142ba7ff", release: "2.8" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The text of the abort over another state. */
export const RUN_STATE_CHANGE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/run-states/change",
    claim: "The text of the abort over a state that a loaded guest cannot go on as.",
    value: { template: "invalid runstate transition: '%s' -> '%s'", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0-rc2: runstate_set()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** After which loads of the main thread SHUT is the last message on the return path. */
export const SHUT_AFTER_LOAD: readonly Fact<"loaded" | "loaded-or-failed">[] = [
  {
    id: "qemu/run-states/shut/loaded",
    claim: "A load that is complete ends its return path with SHUT, without postcopy too.",
    value: "loaded",
    since: "2.10",
    until: "9.1",
    evidence: [{ kind: "commit", commit: "660819b1df", release: "2.10" }],
  },
  {
    id: "qemu/run-states/shut/failed",
    claim: "A load that fails ends its return path with SHUT, too, before the process ends.",
    value: "loaded-or-failed",
    since: "9.1",
    evidence: [{ kind: "commit", commit: "dbea1c89da", release: "9.1" }],
  },
];
