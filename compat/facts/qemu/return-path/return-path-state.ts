import type { Fact } from "../../fact.ts";

/** RESUME_ACK when nothing recovers. */
export const RESUME_ACK_UNASKED: readonly Fact<"taken">[] = [
  {
    id: "qemu/return-path/resume-ack-unasked",
    claim: "A RESUME_ACK outside of a recovery is taken and changes no status.",
    value: "taken",
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0, 8.1.0: migration/migration.c, migrate_handle_rp_resume_ack()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: rp-resume-ack-unexpected" },
    ],
  },
];

/** What comes behind SHUT. */
export const SHUT_ENDS: readonly Fact<"reader">[] = [
  {
    id: "qemu/return-path/shut-ends",
    claim: "Nothing is read behind SHUT, whatever its value; 0 is no error.",
    value: "reader",
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0, 11.1.0-rc2: migration/migration.c, source_return_path_thread()" },
    ],
  },
];

/** When a return path that breaks lets its reader wait for a recovery. */
export const BREAK_PAUSES_READER: readonly Fact<
  "io-error" | "io-error-in-postcopy" | "error-in-postcopy" | "never"
>[] = [
  {
    id: "qemu/return-path/break-pauses/io-error",
    claim: "The reader waits for a recovery when an I/O error ends the return path, in precopy too.",
    value: "io-error",
    since: "3.0",
    until: "4.2",
    evidence: [{ kind: "source", where: "3.0.0, 4.1.0: migration/migration.c, source_return_path_thread()" }],
  },
  {
    id: "qemu/return-path/break-pauses/io-error-in-postcopy",
    claim: "The reader waits for a recovery when an I/O error ends the return path in postcopy.",
    value: "io-error-in-postcopy",
    since: "4.2",
    until: "7.0",
    evidence: [{ kind: "source", where: "4.2.0, 6.2.0: migration/migration.c, source_return_path_thread()" }],
  },
  {
    id: "qemu/return-path/break-pauses/error-in-postcopy",
    claim: "The reader waits for a recovery when any error ends the return path in postcopy.",
    value: "error-in-postcopy",
    since: "7.0",
    until: "8.2",
    evidence: [{ kind: "source", where: "7.0.0, 8.1.0: migration/migration.c, source_return_path_thread()" }],
  },
  {
    id: "qemu/return-path/break-pauses/never",
    claim: "The reader ends with the return path, and a recovery has a new one.",
    value: "never",
    since: "8.2",
    evidence: [{ kind: "source", where: "8.2.0: migration/migration.c, source_return_path_thread()" }],
  },
];

/** What the error of a length says is expected of a message without a fixed one. */
export const EXPECTED_OF_VARIABLE: readonly Fact<string>[] = [
  {
    id: "qemu/return-path/expected-of-variable",
    claim: "A message of no fixed length that is too long is told to be expected with 2^64 - 1 bytes.",
    value: "18446744073709551615",
    since: "2.5",
    evidence: [
      {
        kind: "source",
        where: "2.5.0, 11.1.0-rc2: migration/migration.c, rp_cmd_args: a length of -1, and %zu",
      },
      { kind: "run", of: "10.0.13, 11.1.3: REQ_PAGES_ID of 600 bytes" },
    ],
    notes: "On hosts of 64 bits.",
  },
];
