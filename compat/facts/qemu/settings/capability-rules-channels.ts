import type { Fact } from "../../fact.ts";
import type { CapabilityRule } from "./capability.ts";

/** postcopy-preempt without postcopy-ram. */
export const PREEMPT_NEEDS_POSTCOPY: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/preempt-needs-postcopy",
    claim: "postcopy-preempt is refused without postcopy-ram.",
    value: {
      capability: "postcopy-preempt",
      needs: "postcopy-ram",
      template: "Postcopy preempt requires postcopy-ram",
      to: "error",
      effect: "refused",
    },
    since: "7.1",
    evidence: [
      { kind: "source", where: "7.1.0: migration/migration.c, migrate_caps_check()" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3: migrate-set-capabilities" },
    ],
  },
];

/** postcopy-preempt with compress. */
export const PREEMPT_WITH_COMPRESS: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/preempt-with-compress",
    claim: "postcopy-preempt is refused with compress.",
    value: {
      capability: "postcopy-preempt",
      conflictsWith: ["compress"],
      template: "Postcopy preempt not compatible with compress",
      to: "error",
      effect: "refused",
    },
    since: "7.2",
    until: "9.1",
    evidence: [{ kind: "source", where: "7.2.0: migration/migration.c, migrate_caps_check()" }],
  },
];

/** postcopy-preempt once a destination listens. */
export const PREEMPT_AFTER_INCOMING: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/postcopy-preempt-after-incoming/always",
    claim:
      "postcopy-preempt can be set on a destination only before it listens; even setting anything with it on is refused then.",
    value: {
      capability: "postcopy-preempt",
      when: "the destination listens already",
      template: "Postcopy preempt must be set before incoming starts",
      to: "error",
      effect: "refused",
    },
    since: "8.1",
    until: "10.0.2",
    evidence: [{ kind: "commit", commit: "82137e6c8c", release: "8.1" }],
  },
  {
    id: "qemu/capability-rules/postcopy-preempt-after-incoming/new",
    claim: "postcopy-preempt can be switched on only before a destination listens.",
    value: {
      capability: "postcopy-preempt",
      when: "the destination listens already, and it was off",
      template: "Postcopy preempt must be set before incoming starts",
      to: "error",
      effect: "refused",
    },
    since: "10.0.2",
    evidence: [
      { kind: "commit", commit: "17bec9235b", release: "10.1" },
      { kind: "source", where: "Debian's changelog of 1:10.0.2+ds-1 lists it among the patches of 10.0.2" },
    ],
  },
];

/** multifd once a destination listens. */
export const MULTIFD_AFTER_INCOMING: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/multifd-after-incoming/always",
    claim:
      "multifd can be set on a destination only before it listens; even setting anything with it on is refused then.",
    value: {
      capability: "multifd",
      when: "the destination listens already",
      template: "Multifd must be set before incoming starts",
      to: "error",
      effect: "refused",
    },
    since: "8.1",
    until: "10.0.2",
    evidence: [{ kind: "commit", commit: "82137e6c8c", release: "8.1" }],
  },
  {
    id: "qemu/capability-rules/multifd-after-incoming/new",
    claim: "multifd can be switched on only before a destination listens.",
    value: {
      capability: "multifd",
      when: "the destination listens already, and it was off",
      template: "Multifd must be set before incoming starts",
      to: "error",
      effect: "refused",
    },
    since: "10.0.2",
    evidence: [
      { kind: "commit", commit: "17bec9235b", release: "10.1" },
      { kind: "source", where: "Debian's changelog of 1:10.0.2+ds-1 lists it among the patches of 10.0.2" },
    ],
  },
];

/** multifd with compress. */
export const MULTIFD_WITH_COMPRESS: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/multifd-with-compress",
    claim: "multifd is refused with compress.",
    value: {
      capability: "multifd",
      conflictsWith: ["compress"],
      template: "Multifd is not compatible with compress",
      to: "error",
      effect: "refused",
    },
    since: "7.2",
    until: "9.1",
    evidence: [{ kind: "source", where: "7.2.0: migration/migration.c, migrate_caps_check()" }],
  },
];

/** multifd with xbzrle. */
export const MULTIFD_WITH_XBZRLE: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/multifd-with-xbzrle",
    claim: "multifd is refused with xbzrle.",
    value: {
      capability: "multifd",
      conflictsWith: ["xbzrle"],
      template: "Multifd is not compatible with xbzrle",
      to: "error",
      effect: "refused",
    },
    since: "8.2",
    evidence: [
      { kind: "source", where: "8.2.0: migration/options.c, migrate_caps_check()" },
      { kind: "run", of: "10.0.13, 11.1.3: migrate-set-capabilities" },
    ],
  },
];

/** multifd on a transport of one connection. */
export const MULTIFD_TRANSPORT: readonly Fact<CapabilityRule>[] = [
  {
    id: "qemu/capability-rules/multifd-transport",
    claim: "multifd is refused on a destination whose transport has one connection only.",
    value: {
      capability: "multifd",
      when: "the destination listens on a transport of one connection",
      template: "multifd is not supported by current protocol",
      to: "error",
      effect: "refused",
    },
    since: "6.2",
    until: "8.0",
    evidence: [
      { kind: "source", where: "6.2.0: migration/migration.c, migrate_caps_check()" },
      { kind: "source", where: "8.0.0: migration/migration.c, migrate_caps_check() without it" },
    ],
  },
];
