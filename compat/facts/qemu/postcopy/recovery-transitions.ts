import type { Fact } from "../../fact.ts";

/** A step of a side's from one status to another. */
export interface Transition {
  readonly side: "source" | "destination";
  readonly from: readonly string[];
  readonly to: string;
}

/** The steps of a recovery, side by side. */
export const RECOVERY_TRANSITIONS: readonly Fact<Transition>[] = [
  {
    id: "qemu/recovery/transition/source/pauses",
    claim: "A source whose channel breaks is paused, in a recovery too.",
    value: { side: "source", from: ["postcopy-active", "postcopy-recover"], to: "postcopy-paused" },
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0 to 11.1.0-rc2: migration/migration.c, postcopy_pause()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
  {
    id: "qemu/recovery/transition/source/recovers-at-once",
    claim: "migrate with resume begins the recovery of a source.",
    value: { side: "source", from: ["postcopy-paused"], to: "postcopy-recover" },
    since: "3.0",
    until: "9.1",
    evidence: [
      { kind: "source", where: "3.0.0, 9.0.0: migration/migration.c, migrate_fd_connect()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/recovery/transition/source/continues",
    claim: "A source goes on when RESUME_ACK has come.",
    value: { side: "source", from: ["postcopy-recover"], to: "postcopy-active" },
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0: migration/migration.c, migrate_handle_rp_resume_ack()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
  {
    id: "qemu/recovery/transition/destination/recovers",
    claim: "A connection begins the recovery of a paused destination.",
    value: { side: "destination", from: ["postcopy-paused"], to: "postcopy-recover" },
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0 to 11.1.0-rc2: migration/migration.c, postcopy_try_recover()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
  {
    id: "qemu/recovery/transition/destination/continues",
    claim: "A destination goes on when it reads POSTCOPY_RESUME.",
    value: { side: "destination", from: ["postcopy-recover"], to: "postcopy-active" },
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0: migration/savevm.c, loadvm_postcopy_handle_resume()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
  {
    id: "qemu/recovery/transition/destination/pauses-when-active",
    claim: "A destination whose channel breaks is paused if it was active.",
    value: { side: "destination", from: ["postcopy-active"], to: "postcopy-paused" },
    since: "3.0",
    until: "8.2",
    evidence: [
      { kind: "source", where: "3.0.0, 8.1.0: migration/savevm.c, postcopy_pause_incoming()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/recovery/transition/destination/pauses",
    claim: "A destination whose channel breaks is paused, in a recovery too.",
    value: { side: "destination", from: ["postcopy-active", "postcopy-recover"], to: "postcopy-paused" },
    since: "8.2",
    evidence: [
      { kind: "source", where: "8.2.0: migration/savevm.c, postcopy_pause_incoming()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
  {
    id: "qemu/recovery/transition/source/sets-up",
    claim: "migrate with resume lets a source set up its channels first.",
    value: { side: "source", from: ["postcopy-paused"], to: "postcopy-recover-setup" },
    since: "9.1",
    evidence: [
      { kind: "commit", commit: "4146b77ec7", release: "9.1" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
  {
    id: "qemu/recovery/transition/source/recovers",
    claim: "The recovery of a source begins when its channels are there.",
    value: { side: "source", from: ["postcopy-recover-setup"], to: "postcopy-recover" },
    since: "9.1",
    evidence: [
      { kind: "commit", commit: "4146b77ec7", release: "9.1" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
  {
    id: "qemu/recovery/transition/source/setup-fails",
    claim: "A source that cannot set up its channels is paused again.",
    value: { side: "source", from: ["postcopy-recover-setup"], to: "postcopy-paused" },
    since: "9.1",
    evidence: [{ kind: "source", where: "9.1.0: migration/migration.c, migrate_fd_error()" }],
  },
];
