import type { ErrorText } from "../error-text.ts";
import type { Fact } from "../fact.ts";

/** The words before why a migration is not safe. */
export const UNSAFE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/unsafe/prefix",
    claim: "A migration that is not safe is refused.",
    value: { template: "Unsafe migration: %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for disks that the other host cannot reach. */
export const UNSAFE_STORAGE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/unsafe/storage",
    claim: "Disks have to be shared.",
    value: { template: "Migration without shared storage is unsafe", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for disks whose cache the other host does not see. */
export const UNSAFE_CACHE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/unsafe/cache",
    claim: "Disks have to be without cache.",
    value: {
      template: "Migration may lead to data corruption if disks use cache other than none or directsync",
      to: "error",
    },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for devices of the host. */
export const HOSTDEV_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/blocked/hostdev",
    claim: "Devices of the host block migration.",
    value: { template: "cannot migrate a domain with <hostdev mode='subsystem' type='%s'>", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for a domain with snapshots. */
export const SNAPSHOTS_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/blocked/snapshots",
    claim: "Snapshots block migration.",
    value: { template: "cannot migrate domain with %d snapshots", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for a guest that stands still for an I/O error. */
export const IO_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/blocked/io-error",
    claim: "A guest paused by an I/O error is not migrated.",
    value: { template: "cannot migrate domain with I/O error", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for a host that cannot be reached. */
export const CONNECT_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/connect",
    claim: "The destination must be reached.",
    value: { template: "unable to connect to server at '%s:%s': %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for a domain that is busy. */
export const STATE_LOCK_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/busy",
    claim: "Only one job changes a domain at a time.",
    value: { template: "cannot acquire state change lock (held by monitor=%s)", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for migration ports that all are taken. */
export const PORT_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/ports",
    claim: "One port of the range must be free.",
    value: { template: "Unable to find an unused port in range '%s' (%d-%d)", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for a CPU that has more than the guest's. */
export const CPU_EXTRA_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/cpu/extra",
    claim: "A CPU with features that the guest's must not have is refused.",
    value: { template: "guest CPU doesn't match specification: extra features: %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for another domain XML on the destination. */
export const TARGET_DIFFERS_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/target-differs/domain",
    claim: "What the guest can see must be alike.",
    value: { template: "Target domain %s does not match source %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for another network card on the destination. */
export const TARGET_CARD_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/target-differs/card",
    claim: "A network card's model must be alike.",
    value: { template: "Target network card model %s does not match source %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];
