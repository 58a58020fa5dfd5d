import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What a guest can have been doing when it was saved. */
export const RUN_STATES: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/run-states/first",
    claim: "The states that 2.5 knows.",
    value: [
      "debug",
      "inmigrate",
      "internal-error",
      "io-error",
      "paused",
      "postmigrate",
      "prelaunch",
      "finish-migrate",
      "restore-vm",
      "running",
      "save-vm",
      "shutdown",
      "suspended",
      "watchdog",
      "guest-panicked",
    ],
    since: "2.5",
    until: "2.8",
    evidence: [{ kind: "source", where: "2.5.0 and 2.7.0: qapi-schema.json, RunState" }],
  },
  {
    id: "qemu/run-states/colo",
    claim: "colo is one.",
    value: [
      "debug",
      "inmigrate",
      "internal-error",
      "io-error",
      "paused",
      "postmigrate",
      "prelaunch",
      "finish-migrate",
      "restore-vm",
      "running",
      "save-vm",
      "shutdown",
      "suspended",
      "watchdog",
      "guest-panicked",
      "colo",
    ],
    since: "2.8",
    until: "3.0",
    evidence: [{ kind: "source", where: "2.8.0: qapi-schema.json, RunState" }],
  },
  {
    id: "qemu/run-states/preconfig",
    claim: "preconfig is one, in which nothing is saved.",
    value: [
      "debug",
      "inmigrate",
      "internal-error",
      "io-error",
      "paused",
      "postmigrate",
      "prelaunch",
      "finish-migrate",
      "restore-vm",
      "running",
      "save-vm",
      "shutdown",
      "suspended",
      "watchdog",
      "guest-panicked",
      "colo",
      "preconfig",
    ],
    since: "3.0",
    until: "6.0",
    evidence: [{ kind: "source", where: "3.0.0 and 5.2.0: qapi/run-state.json, RunState" }],
  },
  {
    id: "qemu/run-states/without-preconfig",
    claim: "preconfig is none any more.",
    value: [
      "debug",
      "inmigrate",
      "internal-error",
      "io-error",
      "paused",
      "postmigrate",
      "prelaunch",
      "finish-migrate",
      "restore-vm",
      "running",
      "save-vm",
      "shutdown",
      "suspended",
      "watchdog",
      "guest-panicked",
      "colo",
    ],
    since: "6.0",
    evidence: [{ kind: "source", where: "6.0.0, 6.1.0 and 11.1.0: qapi/run-state.json, RunState" }],
  },
];

/** The text for a state that the release does not know. */
export const RUN_STATE_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/run-states/unknown",
    claim: "A state that is not known is printed.",
    value: { template: "invalid parameter value: %s", to: "stderr" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0: global_state_post_load(), qapi_enum_parse()" }],
  },
];

/** States out of which a guest only goes on after a reset. */
export const RESET_NEEDED: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/run-states/reset-needed",
    claim: "A guest that was shut down, or in which KVM failed, is loaded but does not go on.",
    value: ["internal-error", "shutdown"],
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0, vl.c; 11.0.0, system/runstate.c: runstate_needs_reset()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3 under libvirt" },
    ],
  },
];

/** The text for `cont` in one of them. */
export const RESET_REQUIRED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/run-states/reset-required",
    claim: "A guest that has to be reset first is not set going.",
    value: { template: "Resetting the Virtual Machine is required", to: "error" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0, qmp.c; 5.2.0 to 11.0.0, monitor/qmp-cmds.c: qmp_cont()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3 under libvirt" },
    ],
  },
];

/** The fields of `globalstate` behind its size, and their lengths. */
export const GLOBAL_STATE_FIELDS: readonly Fact<readonly (readonly [name: string, length: number])[]>[] = [
  {
    id: "qemu/run-states/fields/one",
    claim: "The name fills a buffer of 100 bytes.",
    value: [["runstate", 100]],
    since: "2.5",
    until: "9.0",
    evidence: [{ kind: "source", where: "2.5.0 to 8.2.0: vmstate_globalstate" }],
  },
  {
    id: "qemu/run-states/fields/suspended",
    claim: "Of the same bytes 32 are the name; two flags and filler follow.",
    value: [
      ["runstate", 32],
      ["has_vm_was_suspended", 1],
      ["vm_was_suspended", 1],
      ["unused", 66],
    ],
    since: "9.0",
    evidence: [{ kind: "source", where: "9.0.0 and 11.1.0: migration/global_state.c, vmstate_globalstate" }],
  },
];
