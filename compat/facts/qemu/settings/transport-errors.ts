import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** `migrate` to a transport that the release does not have. */
export const URI_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/transport-errors/migrate",
    claim: "migrate refuses a transport that it does not know.",
    value: { template: "Parameter 'uri' expects a valid migration protocol", to: "error" },
    since: "2.5",
    until: "8.2",
    evidence: [
      { kind: "source", where: "2.5.0, 8.1.0: migration/migration.c, qmp_migrate()" },
      { kind: "run", of: "5.2.0, 7.2.22: migrate to file:" },
    ],
  },
];

/** `migrate-incoming` from one. */
export const INCOMING_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/transport-errors/migrate-incoming",
    claim: "migrate-incoming refuses a transport that it does not know; the whole URI fills the text.",
    value: { template: "unknown migration protocol: %s", to: "error" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0, 8.2.0: migration/migration.c" },
      { kind: "run", of: "5.2.0, 7.2.22: migrate-incoming from file:" },
    ],
  },
];

/** cpr-transfer with one channel only. */
export const CPR_CHANNEL_MISSING: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/transport-errors/cpr-channel",
    claim: "In the mode cpr-transfer, migrate wants a second channel, for which it has no URI.",
    value: { template: "missing 'cpr' migration channel", to: "error" },
    since: "10.0",
    until: "11.0",
    evidence: [
      { kind: "source", where: "10.0.0, 10.2.0: migration/migration.c, qmp_migrate()" },
      { kind: "run", of: "10.0.13: migrate with a URI" },
    ],
  },
];

/** cpr-transfer of a guest whose memory is not shared. */
export const CPR_RAM_NOT_SHARED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/transport-errors/cpr-ram-not-shared",
    claim: "In the mode cpr-transfer, migrate is refused unless all RAM blocks are shared.",
    value: {
      template:
        "Memory region %s is not compatible with CPR. share=on is required for memory-backend objects, and aux-ram-share=on is required.",
      to: "error",
    },
    since: "11.0",
    evidence: [
      {
        kind: "source",
        where: "11.0.0: system/physmem.c, ram_block_add_cpr_blocker(); migration/migration.c",
      },
      { kind: "run", of: "11.1.3: i440fx and q35 without a memory backend" },
    ],
    notes: "Before 11.0 the channel that is missing is told first.",
  },
];

/** What the same comes to since that is looked for among the channels only. */
export const CPR_CHANNEL_ASSERTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/transport-errors/cpr-channel-asserted",
    claim: "In the mode cpr-transfer, migrate with a URI ends the process in an assertion.",
    value: {
      template: "**\nERROR:migration/cpr.c:267:cpr_state_save: assertion failed: (channel)",
      to: "stderr",
    },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/channel.c, migration_channel_parse_input()" },
      { kind: "run", of: "11.1.3: migrate with a URI" },
    ],
    notes: "The line in front of it and the number are those of 11.1.3.",
  },
];

/** zero-copy-send when parameters are set behind it. */
export const ZERO_COPY_PARAMETERS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/transport-errors/zero-copy-parameters",
    claim: "With zero-copy-send on, multifd-compression and tls-creds are refused.",
    value: {
      template: "Zero copy only available for non-compressed non-TLS multifd migration",
      to: "error",
    },
    since: "7.1",
    evidence: [
      { kind: "source", where: "7.1.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3: migrate-set-parameters" },
    ],
  },
];

/** Modes in which a destination is handed the guest's RAM, and takes none from the stream. */
export const CPR_SHARES_RAM: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/transport-errors/cpr-shares-ram",
    claim: "A destination in the mode cpr-transfer or cpr-exec refuses pages of RAM in the stream.",
    value: ["cpr-transfer", "cpr-exec"],
    since: "10.0",
    evidence: [
      { kind: "source", where: "10.0.0: migration/ram.c, migrate_ram_is_ignored()" },
      {
        kind: "run",
        of: "10.0.13 with cpr-transfer, 11.1.3 with both: migrate from a source in the mode normal",
      },
    ],
  },
];
