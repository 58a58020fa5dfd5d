import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";
import { movedText } from "../../moved-text.ts";

/** A command that the release does not know. */
export const UNKNOWN_COMMAND = movedText({
  id: "qemu/commands/unknown",
  claim: "The text for a number that the release has no command for.",
  template: "MIG_CMD 0x%x unknown (len 0x%x)",
  since: "2.5",
  movedIn: "10.2",
  commit: "5fb0cfbb35",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_process_command()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** A command whose length is not the one it has. */
export const COMMAND_LENGTH = movedText({
  id: "qemu/commands/length",
  claim: "The text for a known command with a wrong length.",
  template: "%s received with bad length - expecting %zu, got %d",
  since: "2.5",
  movedIn: "10.2",
  commit: "5fb0cfbb35",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_process_command()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** The header of a command is not looked at when it was cut. */
export const COMMAND_HEADER_CHECKED: readonly Fact[] = [
  {
    id: "qemu/commands/header-checked",
    claim:
      "A stream that ends inside a command's header is an I/O error; before, the missing bytes were zeroes.",
    value: true,
    since: "2.12",
    evidence: [{ kind: "source", where: "2.11.0 and 2.12.0: migration/savevm.c, loadvm_process_command()" }],
  },
];

export const COMMAND_HEADER_CUT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/commands/header-cut",
    claim: "The text for a stream that ends inside a command's header.",
    value: { template: "Failed to load VM process command: stream error: %d", to: "error" },
    since: "10.2",
    evidence: [{ kind: "commit", commit: "5fb0cfbb35", release: "10.2" }],
  },
];

export const COMMAND_DEPRECATED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/commands/deprecated",
    claim: "The text for a command that is known but done with: 8, which was ENABLE_COLO.",
    value: { template: "MIG_CMD 0x%x deprecated (len 0x%x)", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "commit", commit: "af4cee59fa", release: "11.0" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

export const RETURN_PATH_OPEN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/commands/open-return-path/again",
    claim: "A second OPEN_RETURN_PATH is complained about and ignored.",
    value: { template: "CMD_OPEN_RETURN_PATH called when RP already open", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0-rc2: migration/savevm.c, loadvm_process_command()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** With the switchover-ack capability and no device that wants to be asked, OPEN_RETURN_PATH is answered by an ack. */
export const ACKS_SWITCHOVER: readonly Fact[] = [
  {
    id: "qemu/commands/open-return-path/switchover-ack",
    claim: "OPEN_RETURN_PATH is answered with SWITCHOVER_ACK if the capability is on and no device waits.",
    value: true,
    since: "8.1",
    until: "11.1",
    evidence: [{ kind: "source", where: "8.1.0 to 11.0.0: migration/savevm.c, loadvm_process_command()" }],
    notes: "Since 11.1 only with the property switchover-ack-legacy, which machines before 11.1 have.",
  },
  {
    id: "qemu/commands/open-return-path/switchover-ack-legacy",
    claim: "OPEN_RETURN_PATH is answered so where the machine has the property switchover-ack-legacy.",
    value: true,
    since: "11.1",
    evidence: [
      { kind: "source", where: "11.1.0-rc2: migration/savevm.c, loadvm_switchover_ack_no_users_legacy()" },
      { kind: "source", where: "11.1.0-rc2: hw/core/machine.c, hw_compat_11_0[]" },
    ],
  },
];

/** A PING that cannot be answered. */
export const PING_WITHOUT_RETURN_PATH = movedText({
  id: "qemu/commands/ping/no-return-path",
  claim: "The text for a PING without a return path.",
  template: "CMD_PING (0x%x) received with no return path",
  since: "2.5",
  movedIn: "10.2",
  commit: "5fb0cfbb35",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_process_command()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** A package that is longer than any can be. */
export const PACKAGE_TOO_LARGE = movedText({
  id: "qemu/commands/packaged/too-large",
  claim: "The text for a package that is unreasonably large.",
  template: "Unreasonably large packaged state: %u",

  since: "2.5",
  movedIn: "10.2",
  commit: "829f0d238d",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_handle_cmd_packaged()",
});

/** A package that ends before its length. */
export const PACKAGE_CUT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/commands/packaged/cut/signed",
    claim: "The text for a stream that ends inside a package. It is printed.",
    value: { template: "CMD_PACKAGED: Buffer receive fail ret=%d length=%d", to: "stderr" },
    since: "2.5",
    until: "2.7",
    evidence: [
      { kind: "source", where: "2.5.0 and 2.6.0: migration/savevm.c, loadvm_handle_cmd_packaged()" },
    ],
    notes: "2.5 prints an empty line behind it.",
  },
  ...movedText({
    id: "qemu/commands/packaged/cut",
    claim: "The text for a stream that ends inside a package.",
    template: "CMD_PACKAGED: Buffer receive fail ret=%d length=%zu",
    since: "2.7",
    movedIn: "10.2",
    commit: "829f0d238d",
    where: "2.7.0 to 10.1.0: migration/savevm.c, loadvm_handle_cmd_packaged()",
    run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
  }),
];

/** Longest package that is read. */
export const LONGEST_PACKAGE: readonly Fact<number>[] = [
  {
    id: "qemu/commands/packaged/longest-16m",
    claim: "A package of more than 16 MiB is refused.",
    value: 16777216,
    since: "2.5",
    until: "2.12",
    evidence: [{ kind: "source", where: "2.5.0 to 2.11.0: MAX_VM_CMD_PACKAGED_SIZE" }],
  },
  {
    id: "qemu/commands/packaged/longest-4g",
    claim: "A package may be as long as its length can say.",
    value: 4294967295,
    since: "2.12",
    evidence: [{ kind: "commit", commit: "ee555cdf4d", release: "2.12" }],
  },
];

/** A package waits for the preempt channel. */
export const PACKAGE_WAITS_FOR_PREEMPT: readonly Fact[] = [
  {
    id: "qemu/commands/packaged/waits-for-preempt",
    claim: "With postcopy-preempt a package is not loaded before the preempt channel is there.",
    value: true,
    since: "9.0",
    evidence: [{ kind: "commit", commit: "7afbdada7e", release: "9.0" }],
  },
];

/** Why ENABLE_COLO is refused where COLO is not wanted. */
export const COLO_NOT_SET: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/commands/enable-colo/c-colo",
    claim: "ENABLE_COLO without the x-colo capability is refused, under a misspelt name.",
    value: {
      template: "ENABLE_COLO command come in migration stream, but c-colo capability is not set",
      to: "stderr",
    },
    since: "8.1",
    until: "9.1",
    evidence: [
      { kind: "source", where: "8.1.0 to 9.0.0: migration/migration.c, migration_incoming_enable_colo()" },
    ],
  },
  {
    id: "qemu/commands/enable-colo/x-colo",
    claim: "ENABLE_COLO without the x-colo capability is refused.",
    value: {
      template: "ENABLE_COLO command come in migration stream, but x-colo capability is not set",
      to: "stderr",
    },
    since: "9.1",
    until: "10.2",
    evidence: [
      { kind: "source", where: "9.1.0 to 10.1.0: migration/migration.c, migration_incoming_enable_colo()" },
      { kind: "run", of: "10.0.13" },
    ],
  },
  {
    id: "qemu/commands/enable-colo/told",
    claim: "ENABLE_COLO without the x-colo capability is refused; the error says so.",
    value: {
      template: "ENABLE_COLO command come in migration stream, but x-colo capability is not set",
      to: "error",
    },
    since: "10.2",
    until: "11.0",
    evidence: [{ kind: "commit", commit: "d865e4aabd", release: "10.2" }],
  },
];
