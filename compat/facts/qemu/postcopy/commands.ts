import type { Fact } from "../../fact.ts";

/** A command that a release knows; `length` is null where any is read. */
export interface KnownCommand {
  readonly command: number;
  readonly name: string;
  readonly length: number | null;
}

export const OPEN_RETURN_PATH: readonly Fact<KnownCommand>[] = [
  {
    id: "qemu/commands/open-return-path",
    claim: "Command 1 opens the return path; it has no payload.",
    value: { command: 1, name: "OPEN_RETURN_PATH", length: 0 },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0-rc2: migration/savevm.c, mig_cmd_args[]" }],
  },
];

export const PING: readonly Fact<KnownCommand>[] = [
  {
    id: "qemu/commands/ping",
    claim: "Command 2 has 4 bytes and is answered with a PONG of the same.",
    value: { command: 2, name: "PING", length: 4 },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0-rc2: migration/savevm.c, mig_cmd_args[]" }],
  },
];

export const POSTCOPY_ADVISE: readonly Fact<KnownCommand>[] = [
  {
    id: "qemu/commands/postcopy-advise/fixed",
    claim: "Command 3 has 16 bytes.",
    value: { command: 3, name: "POSTCOPY_ADVISE", length: 16 },
    since: "2.5",
    until: "2.11",
    evidence: [{ kind: "source", where: "2.5.0 to 2.10.0: migration/savevm.c, mig_cmd_args[]" }],
  },
  {
    id: "qemu/commands/postcopy-advise/open",
    claim: "Command 3 may be empty; since 2.12 its own reader looks at the length.",
    value: { command: 3, name: "POSTCOPY_ADVISE", length: null },
    since: "2.11",
    evidence: [
      { kind: "commit", commit: "58110f0acb", release: "2.11" },
      { kind: "commit", commit: "875fcd013a", release: "2.12" },
    ],
  },
];

export const POSTCOPY_LISTEN: readonly Fact<KnownCommand>[] = [
  {
    id: "qemu/commands/postcopy-listen",
    claim: "Command 4 starts the thread that reads pages; it has no payload.",
    value: { command: 4, name: "POSTCOPY_LISTEN", length: 0 },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0-rc2: migration/savevm.c, mig_cmd_args[]" }],
  },
];

export const POSTCOPY_RUN: readonly Fact<KnownCommand>[] = [
  {
    id: "qemu/commands/postcopy-run",
    claim: "Command 5 starts the guest; it has no payload.",
    value: { command: 5, name: "POSTCOPY_RUN", length: 0 },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0-rc2: migration/savevm.c, mig_cmd_args[]" }],
  },
];

export const POSTCOPY_RAM_DISCARD: readonly Fact<KnownCommand>[] = [
  {
    id: "qemu/commands/postcopy-ram-discard",
    claim: "Command 6 drops pages; its payload has no fixed length.",
    value: { command: 6, name: "POSTCOPY_RAM_DISCARD", length: null },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0-rc2: migration/savevm.c, mig_cmd_args[]" }],
  },
];

export const PACKAGED: readonly Fact<KnownCommand>[] = [
  {
    id: "qemu/commands/packaged",
    claim: "Command 7 has 4 bytes, the length of the stream that follows it.",
    value: { command: 7, name: "PACKAGED", length: 4 },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0 to 11.1.0-rc2: migration/savevm.c, mig_cmd_args[]" }],
  },
];

export const POSTCOPY_RESUME: readonly Fact<KnownCommand>[] = [
  {
    id: "qemu/commands/postcopy-resume/8",
    claim: "Command 8 resumes a paused postcopy, in one release alone.",
    value: { command: 8, name: "POSTCOPY_RESUME", length: 0 },
    since: "3.0",
    until: "3.1",
    evidence: [{ kind: "commit", commit: "3f5875eca5", release: "3.0" }],
  },
  {
    id: "qemu/commands/postcopy-resume/9",
    claim: "Command 9 resumes a paused postcopy.",
    value: { command: 9, name: "POSTCOPY_RESUME", length: 0 },
    since: "3.1",
    evidence: [{ kind: "commit", commit: "aad555c229", release: "3.1" }],
  },
];

export const RECV_BITMAP: readonly Fact<KnownCommand>[] = [
  {
    id: "qemu/commands/recv-bitmap/9",
    claim: "Command 9 asks for the bitmap of a RAM block, in one release alone.",
    value: { command: 9, name: "RECV_BITMAP", length: null },
    since: "3.0",
    until: "3.1",
    evidence: [{ kind: "commit", commit: "f25d42253c", release: "3.0" }],
  },
  {
    id: "qemu/commands/recv-bitmap/10",
    claim: "Command 10 asks for the bitmap of a RAM block.",
    value: { command: 10, name: "RECV_BITMAP", length: null },
    since: "3.1",
    evidence: [{ kind: "commit", commit: "aad555c229", release: "3.1" }],
  },
];

export const ENABLE_COLO: readonly Fact<KnownCommand>[] = [
  {
    id: "qemu/commands/enable-colo",
    claim: "Command 8 announces COLO. It has no entry in the table of lengths, hence no name and length 0.",
    value: { command: 8, name: "(null)", length: 0 },
    since: "3.1",
    until: "11.0",
    evidence: [{ kind: "commit", commit: "aad555c229", release: "3.1" }],
  },
  {
    id: "qemu/commands/deprecated-0",
    claim: "Command 8 is refused, once its length is found to be 0.",
    value: { command: 8, name: "(null)", length: 0 },
    since: "11.0",
    evidence: [{ kind: "commit", commit: "af4cee59fa", release: "11.0" }],
  },
];

export const SWITCHOVER_START: readonly Fact<KnownCommand>[] = [
  {
    id: "qemu/commands/switchover-start",
    claim: "Command 11 says that the switchover begins; it has no payload.",
    value: { command: 11, name: "SWITCHOVER_START", length: 0 },
    since: "10.0",
    evidence: [{ kind: "commit", commit: "4e55cb3cde", release: "10.0" }],
  },
];
