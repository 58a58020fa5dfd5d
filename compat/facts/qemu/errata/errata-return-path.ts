import type { Fact } from "../../fact.ts";
import type { Erratum } from "./erratum.ts";

/** A page request before postcopy can crash the source. */
export const REQ_PAGES_BEFORE_POSTCOPY: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/req-pages-before-postcopy",
    claim: "A page request before postcopy can crash the source.",
    value: {
      side: "source",
      trigger: "REQ_PAGES or REQ_PAGES_ID on the return path before postcopy has begun.",
      outcomes: ["source-crashes", "fails"],
      fixedIn: [],
      workaround: null,
    },
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 11.1.3: crafted return paths; SIGSEGV in some runs" }],
    notes: "A race: it depends on whether the queue is looked at before postcopy.",
  },
];

/** A wrong message on the return path fails the migration with an error that tells of something else. */
export const RETURN_PATH_ERROR_HIDDEN: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/return-path-error-hidden",
    claim:
      "A wrong message on the return path fails the migration with an error that tells of something else.",
    value: {
      side: "source",
      trigger: "Any message that the source does not take.",
      outcomes: ["fails", "pauses"],
      fixedIn: ["8.2"],
      workaround: null,
    },
    since: { after: "2.6", atLatest: "5.2" },
    until: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: '5.2.0, 7.2.22: "Unable to write to socket: Bad file descriptor"' },
    ],
  },
];

/** A wrong message on the return path is noted, and the migration goes on until it would complete. */
export const RETURN_PATH_ERROR_LATENT: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/return-path-error-latent",
    claim: "A wrong message on the return path is noted, and the migration goes on until it would complete.",
    value: {
      side: "source",
      trigger: "Any message that the source does not take.",
      outcomes: ["fails"],
      fixedIn: [],
      workaround: null,
    },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
    notes: "In postcopy it ends in failed, and no recovery is offered, where 3.0 to 8.1 pause.",
  },
];

/** The end of the return path is reported as message 0. */
export const EOF_AS_MESSAGE_0: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/eof-as-message-0",
    claim: "The end of the return path is reported as message 0.",
    value: {
      side: "source",
      trigger: "The destination closes the return path.",
      outcomes: ["fails"],
      fixedIn: ["2.12"],
      workaround: null,
    },
    since: "2.5",
    until: "2.12",
    evidence: [
      { kind: "source", where: "2.11.0, 2.12.0: migration/migration.c, source_return_path_thread()" },
    ],
  },
];

/** The commands of postcopy recovery have other numbers than in any later release. */
export const RECOVERY_OF_3_0: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/recovery-of-3.0",
    claim: "The commands of postcopy recovery have other numbers than in any later release.",
    value: {
      side: "either",
      trigger: "Postcopy recovery between 3.0 and a later release.",
      outcomes: ["fails", "hangs"],
      fixedIn: ["3.1"],
      workaround: "The same release on both sides.",
    },
    since: "3.0",
    until: "3.1",
    evidence: [{ kind: "commit", commit: "aad555c229", release: "3.1" }],
  },
];

/** A SWITCHOVER_ACK that was not waited for is an error; before it was without effect. */
export const SWITCHOVER_ACK_UNDERFLOW: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/switchover-ack-underflow",
    claim: "A SWITCHOVER_ACK that was not waited for is an error; before it was without effect.",
    value: {
      side: "source",
      trigger: "A destination that sends an acknowledgement too many.",
      outcomes: ["fails"],
      fixedIn: [],
      workaround: "switchover-ack-legacy where the destination is older.",
    },
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "de0a1aed07", release: "11.1" },
      { kind: "run", of: "10.0.13, 11.1.3: crafted return paths" },
    ],
  },
];

/** Without postcopy-ram the payload of POSTCOPY_ADVISE is left unread, and taken for the next section. */
export const ADVISE_LEFT_UNREAD: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/advise-left-unread",
    claim:
      "Without postcopy-ram the payload of POSTCOPY_ADVISE is left unread, and taken for the next section.",
    value: {
      side: "destination",
      trigger: "postcopy-ram on the source only.",
      outcomes: ["guest-lost", "fails"],
      fixedIn: ["2.12"],
      workaround: "postcopy-ram on both sides.",
    },
    since: "2.11",
    until: "2.12",
    evidence: [{ kind: "source", where: "2.11.0: migration/savevm.c, loadvm_postcopy_handle_advise()" }],
  },
];

/** migrate-recover makes the destination tell of a state setup that it is not in. */
export const SETUP_EVENT_OF_RECOVERY: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/setup-event-of-recovery",
    claim: "migrate-recover makes the destination tell of a state setup that it is not in.",
    value: {
      side: "destination",
      trigger: "migrate-recover on a paused destination, with events on.",
      outcomes: ["completes"],
      fixedIn: ["8.2"],
      workaround: null,
    },
    since: "3.1",
    until: "8.2",
    evidence: [
      { kind: "source", where: "8.1.0: migration/migration.c" },
      { kind: "run", of: "5.2.0, 7.2.22; 10.0.13 tells none" },
    ],
  },
];

/** A return path that ended before the source looks at it is not looked at. */
export const RETURN_PATH_END_UNSEEN: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/return-path-end-unseen",
    claim:
      "A return path that ended before the source looks at it is not looked at, and the source completes.",
    value: {
      side: "source",
      trigger: "A destination that fails early among the states of devices, with a return path.",
      outcomes: ["fails", "guest-lost"],
      fixedIn: ["6.1"],
      workaround: null,
    },
    since: "2.10",
    until: "6.1",
    evidence: [
      { kind: "commit", commit: "53021ea165", release: "6.1" },
      { kind: "source", where: "2.10.0, 5.2.0: migration/migration.c, migration_completion()" },
      { kind: "run", of: "5.2.0 to 5.2.0, one CPU too many: completed in one of two runs" },
    ],
  },
];
