import type { Fact } from "../../fact.ts";
import type { CapabilityRule } from "./capability.ts";

/** postcopy-ram with compress. */
export const POSTCOPY_WITH_COMPRESS: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/postcopy-with-compress/off",
    claim: "With compress on, postcopy-ram is switched off again while the command succeeds.",
    value: {
      capability: "postcopy-ram",
      conflictsWith: ["compress"],
      template: "Postcopy is not currently compatible with compression",
      to: "stderr",
      effect: "switched-off",
    },
    since: "2.5",
    until: "2.10",
    evidence: [
      { kind: "source", where: "2.5.0, 2.9.0: migration/migration.c, qmp_migrate_set_capabilities()" },
    ],
  },
  {
    id: "qemu/capability-rules/postcopy-with-compress/refused",
    claim: "postcopy-ram is refused with compress.",
    value: {
      capability: "postcopy-ram",
      conflictsWith: ["compress"],
      template: "Postcopy is not currently compatible with compression",
      to: "error",
      effect: "refused",
    },
    since: "2.10",
    until: "5.0",
    evidence: [
      { kind: "source", where: "2.10.0: migration/migration.c, migrate_caps_check()" },
      { kind: "commit", commit: "644acf99b8", release: "5.0" },
    ],
  },
];

/** postcopy-ram with x-ignore-shared. */
export const POSTCOPY_WITH_SHARED: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/postcopy-with-shared",
    claim: "postcopy-ram is refused with x-ignore-shared.",
    value: {
      capability: "postcopy-ram",
      conflictsWith: ["x-ignore-shared"],
      template: "Postcopy is not compatible with ignore-shared",
      to: "error",
      effect: "refused",
    },
    since: "4.0",
    evidence: [
      { kind: "source", where: "4.0.0: migration/migration.c, migrate_caps_check()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: migrate-set-capabilities" },
    ],
  },
];

/** postcopy-ram with multifd. */
export const POSTCOPY_WITH_MULTIFD: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/postcopy-with-multifd",
    claim: "postcopy-ram is refused with multifd.",
    value: {
      capability: "postcopy-ram",
      conflictsWith: ["multifd"],
      template: "Postcopy is not yet compatible with multifd",
      to: "error",
      effect: "refused",
    },
    since: "8.1",
    until: "10.1",
    evidence: [
      { kind: "commit", commit: "b405dfff1e", release: "8.1" },
      { kind: "commit", commit: "e274188612", release: "10.1" },
      { kind: "run", of: "10.0.13: migrate-set-capabilities" },
    ],
  },
];

/** x-colo in a build without replication. */
export const COLO_WITHOUT_REPLICATION: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/colo-without-replication",
    claim: "x-colo is refused by a build without replication.",
    value: {
      capability: "x-colo",
      when: "the build has no replication",
      template: "QEMU compiled without replication module can't enable COLO",
      to: "error",
      effect: "refused",
    },
    since: "3.1",
    evidence: [{ kind: "source", where: "3.1.0: migration/migration.c, migrate_caps_check()" }],
  },
];

/** x-colo without return-path. */
export const COLO_NEEDS_RETURN_PATH: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/colo-needs-return-path",
    claim: "x-colo is refused without return-path.",
    value: {
      capability: "x-colo",
      needs: "return-path",
      template: "Capability 'x-colo' requires capability 'return-path'",
      to: "error",
      effect: "refused",
    },
    since: "11.0",
    evidence: [{ kind: "source", where: "11.0.0: migration/options.c, migrate_caps_check()" }],
  },
];

/** background-snapshot with others. */
export const BACKGROUND_SNAPSHOT_ALONE: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/background-snapshot-alone/6.0",
    claim: "background-snapshot is refused with most others; the name of the first fills the text.",
    value: {
      capability: "background-snapshot",
      conflictsWith: [
        "postcopy-ram",
        "dirty-bitmaps",
        "postcopy-blocktime",
        "late-block-activate",
        "return-path",
        "multifd",
        "pause-before-switchover",
        "auto-converge",
        "release-ram",
        "rdma-pin-all",
        "compress",
        "xbzrle",
        "x-colo",
        "validate-uuid",
      ],
      template: "Background-snapshot is not compatible with %s",
      to: "error",
      effect: "refused",
    },
    since: "6.0",
    until: "7.1",
    evidence: [{ kind: "source", where: "6.0.0: migration/migration.c, migrate_caps_check()" }],
  },
  {
    id: "qemu/capability-rules/background-snapshot-alone/7.1",
    claim: "zero-copy-send is among those that background-snapshot is refused with.",
    value: {
      capability: "background-snapshot",
      conflictsWith: [
        "postcopy-ram",
        "dirty-bitmaps",
        "postcopy-blocktime",
        "late-block-activate",
        "return-path",
        "multifd",
        "pause-before-switchover",
        "auto-converge",
        "release-ram",
        "rdma-pin-all",
        "compress",
        "xbzrle",
        "x-colo",
        "validate-uuid",
        "zero-copy-send",
      ],
      template: "Background-snapshot is not compatible with %s",
      to: "error",
      effect: "refused",
    },
    since: "7.1",
    until: "9.1",
    evidence: [{ kind: "source", where: "7.1.0: migration/migration.c, migrate_caps_check()" }],
  },
  {
    id: "qemu/capability-rules/background-snapshot-alone/9.1",
    claim: "compress is gone from those that background-snapshot is refused with.",
    value: {
      capability: "background-snapshot",
      conflictsWith: [
        "postcopy-ram",
        "dirty-bitmaps",
        "postcopy-blocktime",
        "late-block-activate",
        "return-path",
        "multifd",
        "pause-before-switchover",
        "auto-converge",
        "release-ram",
        "rdma-pin-all",
        "xbzrle",
        "x-colo",
        "validate-uuid",
        "zero-copy-send",
      ],
      template: "Background-snapshot is not compatible with %s",
      to: "error",
      effect: "refused",
    },
    since: "9.1",
    evidence: [{ kind: "source", where: "9.1.0: migration/options.c, migrate_caps_check()" }],
  },
];

/** zero-copy-send without plain multifd. */
export const ZERO_COPY_NEEDS_MULTIFD: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/zero-copy-needs-multifd/7.1",
    claim: "zero-copy-send needs multifd, without compression of any kind and without TLS.",
    value: {
      capability: "zero-copy-send",
      needs: "multifd",
      conflictsWith: ["compress", "xbzrle"],
      when: "multifd-compression is on, or TLS",
      template: "Zero copy only available for non-compressed non-TLS multifd migration",
      to: "error",
      effect: "refused",
    },
    since: "7.1",
    until: "9.1",
    evidence: [{ kind: "source", where: "7.1.0: migration/migration.c, migrate_caps_check()" }],
  },
  {
    id: "qemu/capability-rules/zero-copy-needs-multifd/9.1",
    claim: "zero-copy-send needs multifd, without compression and without TLS; compress is gone.",
    value: {
      capability: "zero-copy-send",
      needs: "multifd",
      conflictsWith: ["xbzrle"],
      when: "multifd-compression is on, or TLS",
      template: "Zero copy only available for non-compressed non-TLS multifd migration",
      to: "error",
      effect: "refused",
    },
    since: "9.1",
    evidence: [{ kind: "source", where: "9.1.0: migration/options.c, migrate_caps_check()" }],
  },
];
