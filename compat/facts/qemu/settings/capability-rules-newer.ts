import type { Fact } from "../../fact.ts";
import type { CapabilityRule } from "./capability.ts";

/** compress with xbzrle. */
export const COMPRESS_WITH_XBZRLE: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/compress-with-xbzrle",
    claim: "compress is refused with xbzrle.",
    value: {
      capability: "compress",
      conflictsWith: ["xbzrle"],
      template: "Compression is not compatible with xbzrle",
      to: "error",
      effect: "refused",
    },
    since: "8.2",
    until: "9.1",
    evidence: [{ kind: "source", where: "8.2.0: migration/options.c, migrate_caps_check()" }],
  },
];

/** switchover-ack without return-path. */
export const SWITCHOVER_ACK_NEEDS_RETURN_PATH: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/switchover-ack-needs-return-path",
    claim: "switchover-ack is refused without return-path.",
    value: {
      capability: "switchover-ack",
      needs: "return-path",
      template: "Capability 'switchover-ack' requires capability 'return-path'",
      to: "error",
      effect: "refused",
    },
    since: "8.1",
    evidence: [
      { kind: "source", where: "8.1.0: migration/options.c, migrate_caps_check()" },
      { kind: "run", of: "10.0.13, 11.1.3: migrate-set-capabilities" },
    ],
  },
];

/** dirty-limit with auto-converge. */
export const DIRTY_LIMIT_WITH_AUTO_CONVERGE: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/dirty-limit-with-auto-converge",
    claim: "dirty-limit is refused with auto-converge.",
    value: {
      capability: "dirty-limit",
      conflictsWith: ["auto-converge"],
      template: "dirty-limit conflicts with auto-converge either of then available currently",
      to: "error",
      effect: "refused",
    },
    since: "8.1",
    evidence: [
      { kind: "source", where: "8.1.0: migration/options.c, migrate_caps_check()" },
      { kind: "run", of: "10.0.13, 11.1.3: migrate-set-capabilities" },
    ],
  },
];

/** dirty-limit without KVM's dirty ring. */
export const DIRTY_LIMIT_NEEDS_KVM: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/dirty-limit-needs-kvm",
    claim: "dirty-limit is refused without KVM's dirty ring.",
    value: {
      capability: "dirty-limit",
      when: "there is no KVM with a dirty ring",
      template: "dirty-limit requires KVM with accelerator property 'dirty-ring-size' set",
      to: "error",
      effect: "refused",
    },
    since: "8.1",
    evidence: [
      { kind: "source", where: "8.1.0: migration/options.c, migrate_caps_check()" },
      { kind: "run", of: "10.0.13, 11.1.3: migrate-set-capabilities" },
    ],
  },
];

/** mapped-ram with xbzrle. */
export const MAPPED_RAM_WITH_XBZRLE: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/mapped-ram-with-xbzrle",
    claim: "mapped-ram is refused with xbzrle.",
    value: {
      capability: "mapped-ram",
      conflictsWith: ["xbzrle"],
      template: "Mapped-ram migration is incompatible with xbzrle",
      to: "error",
      effect: "refused",
    },
    since: "9.0",
    evidence: [
      { kind: "source", where: "9.0.0: migration/options.c, migrate_caps_check()" },
      { kind: "run", of: "10.0.13, 11.1.3: migrate-set-capabilities" },
    ],
  },
];

/** mapped-ram with compress. */
export const MAPPED_RAM_WITH_COMPRESS: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/mapped-ram-with-compress",
    claim: "mapped-ram is refused with compress.",
    value: {
      capability: "mapped-ram",
      conflictsWith: ["compress"],
      template: "Mapped-ram migration is incompatible with compression",
      to: "error",
      effect: "refused",
    },
    since: "9.0",
    until: "9.1",
    evidence: [{ kind: "source", where: "9.0.0: migration/options.c, migrate_caps_check()" }],
  },
];

/** mapped-ram with postcopy-ram. */
export const MAPPED_RAM_WITH_POSTCOPY_RAM: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/mapped-ram-with-postcopy-ram",
    claim: "mapped-ram is refused with postcopy-ram.",
    value: {
      capability: "mapped-ram",
      conflictsWith: ["postcopy-ram"],
      template: "Mapped-ram migration is incompatible with postcopy",
      to: "error",
      effect: "refused",
    },
    since: "9.0",
    evidence: [
      { kind: "source", where: "9.0.0: migration/options.c, migrate_caps_check()" },
      { kind: "run", of: "10.0.13, 11.1.3: migrate-set-capabilities" },
    ],
  },
];
