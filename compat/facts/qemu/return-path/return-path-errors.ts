import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** A type that is 0 or not below the maximum. */
export const INVALID_MESSAGE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/invalid-message/printed",
    claim: "An unknown type is refused, in a line on stderr.",
    value: { template: "RP: Received invalid message 0x%04x length 0x%04x", to: "stderr" },
    since: "2.5",
    until: "8.2",
    evidence: [
      { kind: "source", where: "2.5 to 8.1: migration/migration.c, source_return_path_thread()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/invalid-message/told",
    claim: "An unknown type is refused, in the error of the migration.",
    value: { template: "Received invalid message 0x%04x length 0x%04x", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** A payload of another length than the type has, or of more than 512 bytes. */
export const INCORRECT_LENGTH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/incorrect-length/printed",
    claim: "A wrong length is refused, in a line on stderr.",
    value: {
      template: "RP: Received '%s' message (0x%04x) withincorrect length %d expecting %zu",
      to: "stderr",
    },
    since: "2.5",
    until: "8.2",
    evidence: [
      { kind: "source", where: "2.5 to 8.1: migration/migration.c, source_return_path_thread()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/incorrect-length/told",
    claim: "A wrong length is refused, in the error of the migration.",
    value: { template: "Received '%s' message (0x%04x) withincorrect length %d expecting %zu", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** The end comes within a payload. */
export const SHORT_PAYLOAD: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/short-payload/printed",
    claim: "A payload that is cut short is refused, in a line on stderr.",
    value: { template: "RP: Failed reading data for message 0x%04x read %d expected %d", to: "stderr" },
    since: "2.5",
    until: "8.2",
    evidence: [
      { kind: "source", where: "2.5 to 8.1: migration/migration.c, source_return_path_thread()" },
      { kind: "run", of: "7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/short-payload/told",
    claim: "A payload that is cut short is refused, in the error of the migration.",
    value: { template: "Failed reading data for message 0x%04x read %d expected %d", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13" },
    ],
  },
];

/** SHUT with a status that is not 0. */
export const SIBLING_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/sibling-error/printed",
    claim: "SHUT with an error fails the migration, in a line on stderr.",
    value: { template: "RP: Sibling indicated error %d", to: "stderr" },
    since: "2.5",
    until: "8.2",
    evidence: [
      { kind: "source", where: "2.5 to 8.1: migration/migration.c, source_return_path_thread()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/sibling-error/told",
    claim: "SHUT with an error fails the migration, in the error of the migration.",
    value: { template: "Sibling indicated error %d", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** A SWITCHOVER_ACK more than are awaited. */
export const SWITCHOVER_UNDERFLOW: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/switchover-underflow",
    claim: "A SWITCHOVER_ACK that none waits for is refused.",
    value: { template: "Switchover ack pending num underflowed", to: "error" },
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "de0a1aed07", release: "11.1" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];
