import type { Fact } from "../../fact.ts";

/** A property of the migration object, by which a machine type keeps what older releases did. */
export interface CompatProperty {
  /** As `-global migration.<name>` has it. */
  readonly name: string;
  readonly default: boolean | string | number;
  /** What older machine types set it to. */
  readonly forOlder?: {
    /** The newest version of a machine type that sets it. */
    readonly upTo: string;
    readonly value: boolean | string | number;
  };
  /** What it does; for a boolean, when it is on. */
  readonly effect: string;
}

/** `send-configuration`. */
export const SEND_CONFIGURATION: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/send-configuration/by-machine",
    claim: "Machine types up to 2.3 have send-configuration off, later ones on.",
    value: {
      name: "send-configuration",
      default: true,
      forOlder: { upTo: "2.3", value: false },
      effect: "The configuration section is sent and expected.",
    },
    since: "2.10",
    until: "9.2",
    evidence: [
      { kind: "source", where: "2.10.0: migration/migration.c; include/hw/compat.h, HW_COMPAT_2_3" },
    ],
  },
  {
    id: "qemu/compat-properties/send-configuration/always",
    claim: "No machine type sets send-configuration any more.",
    value: {
      name: "send-configuration",
      default: true,
      effect: "The configuration section is sent and expected.",
    },
    since: "9.2",
    evidence: [{ kind: "source", where: "9.2.0: hw/core/machine.c without hw_compat_2_3" }],
  },
];

/** `send-section-footer`. */
export const SEND_SECTION_FOOTER: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/send-section-footer/by-machine",
    claim: "Machine types up to 2.3 have send-section-footer off, later ones on.",
    value: {
      name: "send-section-footer",
      default: true,
      forOlder: { upTo: "2.3", value: false },
      effect: "Sections end in a footer.",
    },
    since: "2.10",
    until: "9.2",
    evidence: [
      { kind: "source", where: "2.10.0: migration/migration.c; include/hw/compat.h, HW_COMPAT_2_3" },
    ],
  },
  {
    id: "qemu/compat-properties/send-section-footer/always",
    claim: "No machine type sets send-section-footer any more.",
    value: { name: "send-section-footer", default: true, effect: "Sections end in a footer." },
    since: "9.2",
    evidence: [{ kind: "source", where: "9.2.0: hw/core/machine.c without hw_compat_2_3" }],
  },
];

/** `store-global-state`. */
export const STORE_GLOBAL_STATE: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/store-global-state/by-machine",
    claim: "Machine types up to 2.3 have store-global-state off, later ones on.",
    value: {
      name: "store-global-state",
      default: true,
      forOlder: { upTo: "2.3", value: false },
      effect: "The section globalstate is sent.",
    },
    since: "2.10",
    until: "9.2",
    evidence: [
      { kind: "source", where: "2.10.0: migration/migration.c; include/hw/compat.h, HW_COMPAT_2_3" },
    ],
  },
  {
    id: "qemu/compat-properties/store-global-state/always",
    claim: "No machine type sets store-global-state any more.",
    value: { name: "store-global-state", default: true, effect: "The section globalstate is sent." },
    since: "9.2",
    evidence: [{ kind: "source", where: "9.2.0: hw/core/machine.c without hw_compat_2_3" }],
  },
];

/** `decompress-error-check`. */
export const DECOMPRESS_ERROR_CHECK: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/decompress-error-check",
    claim: "Machine types up to 2.12 have decompress-error-check off, later ones on.",
    value: {
      name: "decompress-error-check",
      default: true,
      forOlder: { upTo: "2.12", value: false },
      effect: "A compressed page that cannot be inflated fails the load.",
    },
    since: "3.0",
    until: "9.1",
    evidence: [
      { kind: "commit", commit: "f548222c24", release: "3.0" },
      { kind: "source", where: "9.1.0: migration/options.c, migration_properties without it" },
    ],
  },
];

/** `x-preempt-pre-7-2`. */
export const PREEMPT_PRE_7_2: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/x-preempt-pre-7-2",
    claim: "Machine types up to 7.2 have x-preempt-pre-7-2 on, later ones off.",
    value: {
      name: "x-preempt-pre-7-2",
      default: false,
      forOlder: { upTo: "7.2", value: true },
      effect: "The connection of postcopy-preempt is made during setup, and EOS is sent on it.",
    },
    since: "8.0",
    evidence: [{ kind: "commit", commit: "6621883f93", release: "8.0" }],
  },
];

/** `multifd-flush-after-each-section`. */
export const MULTIFD_FLUSH_AFTER_EACH_SECTION: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/multifd-flush-after-each-section",
    claim: "Machine types up to 8.0 have multifd-flush-after-each-section on, later ones off.",
    value: {
      name: "multifd-flush-after-each-section",
      default: false,
      forOlder: { upTo: "8.0", value: true },
      effect: "multifd channels are synchronised at each EOS, and no MULTIFD_FLUSH is sent.",
    },
    since: "8.1",
    evidence: [{ kind: "commit", commit: "77c259a4cb", release: "8.1" }],
  },
];

/** `zero-page-detection`. */
export const ZERO_PAGE_DETECTION: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/zero-page-detection",
    claim: "Machine types up to 8.2 have zero-page-detection legacy, later ones multifd.",
    value: {
      name: "zero-page-detection",
      default: "multifd",
      forOlder: { upTo: "8.2", value: "legacy" },
      effect: "Zero pages go in multifd packets, not on the main channel.",
    },
    since: "9.0",
    evidence: [{ kind: "commit", commit: "70c25c92e6", release: "9.0" }],
  },
];

/** `multifd-clean-tls-termination`. */
export const MULTIFD_CLEAN_TLS_TERMINATION: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/multifd-clean-tls-termination",
    claim: "Machine types up to 9.2 have multifd-clean-tls-termination off, later ones on.",
    value: {
      name: "multifd-clean-tls-termination",
      default: true,
      forOlder: { upTo: "9.2", value: false },
      effect: "TLS sessions of multifd channels end with a bye, and one without is an error.",
    },
    since: "10.0",
    evidence: [{ kind: "commit", commit: "9b3b192f65", release: "10.0" }],
  },
];

/** `send-switchover-start`. */
export const SEND_SWITCHOVER_START: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/send-switchover-start",
    claim: "Machine types up to 9.2 have send-switchover-start off, later ones on.",
    value: {
      name: "send-switchover-start",
      default: true,
      forOlder: { upTo: "9.2", value: false },
      effect: "MIG_CMD_SWITCHOVER_START is sent.",
    },
    since: "10.0",
    evidence: [{ kind: "commit", commit: "4e55cb3cde", release: "10.0" }],
  },
];

/** `switchover-ack-legacy`. */
export const SWITCHOVER_ACK_LEGACY: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/switchover-ack-legacy",
    claim: "Machine types up to 11.0 have switchover-ack-legacy on, later ones off.",
    value: {
      name: "switchover-ack-legacy",
      default: false,
      forOlder: { upTo: "11.0", value: true },
      effect: "One SWITCHOVER_ACK stands for all devices.",
    },
    since: "11.1",
    evidence: [{ kind: "commit", commit: "13a9616805", release: "11.1" }],
  },
];

/** `x-postcopy-preempt-break-huge`. */
export const PREEMPT_BREAK_HUGE: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/x-postcopy-preempt-break-huge",
    claim: "Huge pages may be interrupted on the preempt channel.",
    value: {
      name: "x-postcopy-preempt-break-huge",
      default: true,
      effect: "A huge page that is being sent may be interrupted for a page that was asked for.",
    },
    since: "7.1",
    until: "8.0",
    evidence: [{ kind: "source", where: "7.1.0, 7.2.0, 8.0.0: migration/migration.c, migration_properties" }],
  },
];

/** `x-clear-bitmap-shift`. */
export const CLEAR_BITMAP_SHIFT: readonly Fact<CompatProperty>[] = [
  {
    id: "qemu/compat-properties/x-clear-bitmap-shift",
    claim: "How many pages one bit of the clear bitmap stands for can be set.",
    value: {
      name: "x-clear-bitmap-shift",
      default: 18,
      effect: "2 to this power are the pages that are cleared together; nothing on the wire.",
    },
    since: "4.1",
    evidence: [{ kind: "source", where: "4.1.0: migration/migration.c, migration_properties" }],
  },
];
