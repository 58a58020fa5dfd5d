import type { ErrorText } from "../error-text.ts";
import type { Fact } from "../fact.ts";

/** The texts for another domain of the same name or UUID. */
export const NAME_TAKEN_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/name-taken/defined",
    claim: "A domain of the image's name or UUID is defined otherwise.",
    value: { template: "domain '%s' is already defined with uuid %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases, more-cases" }],
  },
];

/** The text for a domain of the same name. */
export const NAME_EXISTS_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/name-taken/exists",
    claim: "A domain of the image's name has another UUID.",
    value: { template: "domain '%s' already exists with uuid %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases, more-cases" }],
  },
];

/** The text for a managed save of another domain. */
export const BELONGS_TO_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/belongs-to",
    claim: "A managed save of another domain is refused.",
    value: {
      template: "cannot restore domain '%s' uuid %s from a file which belongs to domain '%s' uuid %s",
      to: "error",
    },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases, more-cases" }],
  },
];

/** The text for a domain that runs. */
export const ALREADY_ACTIVE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/already-active",
    claim: "A domain that runs cannot be started.",
    value: { template: "Domain is already active", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases, more-cases" }],
  },
];

/** The text for a domain that has ended. */
export const NOT_RUNNING_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/not-running/gone",
    claim: "A domain that has ended cannot be restored.",
    value: { template: "domain is no longer running", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0: more-cases" }],
  },
];

/** The other text for a domain that has ended. */
export const IS_NOT_RUNNING_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/not-running/plain",
    claim: "A command that needs a running domain is refused.",
    value: { template: "domain is not running", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The words before the error of a QEMU that could not load. */
export const START_JOB_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/start-job",
    claim: "The error that QEMU tells is told as that of the job.",
    value: { template: "job '%s' failed: ", to: "error" },
    since: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [
      {
        kind: "source",
        where:
          "the texts in the libraries of 9.0.0, 11.3.0 and 12.8.0 as Debian builds them; 7.0.0 has others",
      },
      { kind: "run", of: "11.3.0, 12.8.0: observed-cases, more-cases" },
    ],
  },
];

/** The words before what a QEMU printed that exits at once. */
export const MONITOR_EXIT_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/qemu/monitor-closed/connecting",
    claim: "A QEMU that exits before its monitor answers is reported with what it printed.",
    value: { template: "process exited while connecting to monitor: ", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The words before QEMU's answer to a command. */
export const QEMU_COMMAND_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/qemu-command",
    claim: "What QEMU answers to a command is told with the command.",
    value: { template: "unable to execute QEMU command '%s': %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a disk's file that is not there. */
export const STORAGE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/storage",
    claim: "A disk's file must be there.",
    value: { template: "Cannot access storage file '%s': %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** What is logged when an unfinished managed save is thrown away. */
export const IGNORING_INCOMPLETE: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/ignoring-incomplete",
    claim: "An unfinished managed save is ignored, and the domain booted.",
    value: { template: "Ignoring incomplete managed state", to: "error" },
    since: { after: "0.9.4", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases" }],
  },
];

/** What is logged when a managed save cannot be restored. */
export const RESTORE_WARNING: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/managed-restore",
    claim: "A managed save that cannot be restored is told of in the log.",
    value: { template: "Unable to restore from managed state %s. Maybe the file is corrupted?", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases" }],
  },
];

/** The text of virsh when the daemon has gone. */
export const DAEMON_GONE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/daemon-gone",
    claim: "A daemon that ends is noticed as the end of the connection.",
    value: { template: "End of file while reading data: %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0: observed-cases, more-cases" }],
  },
];
