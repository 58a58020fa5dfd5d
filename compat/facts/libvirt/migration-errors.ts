import type { ErrorText } from "../error-text.ts";
import type { Fact } from "../fact.ts";

/** The texts for a migration that fails without a reason that libvirt knows. */
export const JOB_FAILED_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/job-failed/plain",
    claim: "A job that QEMU calls failed is told.",
    value: { template: "migration out job: unexpectedly failed", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    until: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [{ kind: "source", where: "the texts in the libraries of 7.0.0 as Debian builds them" }],
  },
  {
    id: "libvirt/errors/job-failed/named",
    claim: "The job is quoted.",
    value: { template: "job '%s' unexpectedly failed", to: "error" },
    since: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [
      {
        kind: "source",
        where:
          "the texts in the libraries of 9.0.0, 11.3.0 and 12.8.0 as Debian builds them; 7.0.0 has others",
      },
    ],
  },
];

/** The text for a migration that was cancelled. */
export const JOB_CANCELED_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/job-canceled",
    claim: "A job that was aborted is told.",
    value: { template: "job '%s' canceled by client", to: "error" },
    since: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [
      {
        kind: "source",
        where:
          "the texts in the libraries of 9.0.0, 11.3.0 and 12.8.0 as Debian builds them; 7.0.0 has others",
      },
    ],
  },
];

/** The text for a QEMU that ends in the middle. */
export const GUEST_QUIT_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/guest-quit",
    claim: "A QEMU that ends while it is needed is told.",
    value: { template: "guest unexpectedly quit", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for a domain that is not being migrated. */
export const NOT_MIGRATING_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/not-migrating/out",
    claim: "A step of a migration that does not go on is refused.",
    value: { template: "domain '%s' is not being migrated", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for a domain that does not take a migration. */
export const NOT_INCOMING_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/not-migrating/in",
    claim: "A step of an incoming migration that does not go on is refused.",
    value: { template: "domain '%s' is not processing incoming migration", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];

/** The text for a destination whose name is localhost. */
export const LOCALHOST_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/localhost",
    claim: "The destination's name must lead to it from elsewhere.",
    value: {
      template: "hostname on destination resolved to localhost, but migration requires an FQDN",
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

/** The text for a destination that is the source. */
export const SAME_HOST_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/same-host",
    claim: "A domain cannot be migrated to its own host.",
    value: { template: "Attempt to migrate guest to the same host %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [
      {
        kind: "source",
        where: "the texts in the libraries of 7.0.0, 9.0.0, 11.3.0 and 12.8.0 as Debian builds them",
      },
    ],
  },
];
