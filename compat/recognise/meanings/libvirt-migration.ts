import type { Meaning } from "./meaning.ts";

/** libvirt, when it migrates. */
export const LIBVIRT_MIGRATION_MEANINGS: readonly Meaning[] = [
  {
    subjects: ["libvirt/errors/job-failed", "libvirt/errors/guest-quit"],
    side: "libvirt",
    stage: "precopy",
    meaning: "QEMU gave up, or ended, and libvirt has no reason to tell.",
    causes: ["The destination refused the stream and exited; libvirt then shows what its side saw first."],
    remedies: [
      "Explain the lines in /var/log/libvirt/qemu/NAME.log of both hosts: the destination's has the reason.",
      "migwire compat check with both versions and settings.",
    ],
    values: [["job"]],
  },
  {
    subjects: ["libvirt/errors/job-canceled"],
    side: "libvirt",
    stage: "precopy",
    meaning: "Somebody aborted the job: virsh domjobabort, or the program that had started it.",
    causes: ["A person, a timeout of the management, or a migration that did not converge."],
    remedies: [
      "Nothing is lost. For one that does not converge: more bandwidth or downtime, auto-converge, or postcopy.",
    ],
    values: [["job"]],
  },
  {
    subjects: ["libvirt/errors/unsafe"],
    side: "libvirt",
    stage: "connect",
    meaning:
      "libvirt refuses because the guest's disks might not be the same, or not up to date, on the other host.",
    causes: [
      "Disks are on local storage.",
      "cache= is neither none nor directsync, on storage whose coherence libvirt does not know.",
    ],
    remedies: [
      "Use shared storage, or copy disks along (--copy-storage-all).",
      "Set cache='none'; --unsafe only where you know that the storage is coherent.",
    ],
    values: [["why"]],
  },
  {
    subjects: ["libvirt/errors/not-migrating"],
    side: "libvirt",
    stage: "connect",
    meaning: "A step of a migration came for a domain that is not, or no more, in one.",
    causes: ["The first step failed or was cancelled, or the daemon was restarted in between."],
    remedies: ["Look for the first error, in the logs of both daemons, and start anew."],
    values: [["domain"]],
  },
  {
    subjects: [
      "libvirt/errors/localhost",
      "libvirt/errors/same-host",
      "libvirt/errors/connect",
      "libvirt/errors/ports",
    ],
    side: "libvirt",
    stage: "connect",
    meaning: "The other host cannot be reached under the address that libvirt has, or has no free port.",
    causes: [
      "The destination's host name leads to 127.0.0.1 or to the source.",
      "A firewall; libvirt's or the migration's ports (49152 to 49215) are closed or all in use.",
    ],
    remedies: ["Give the address with --migrateuri tcp://HOST, mend the host's name, open the ports."],
    values: [["host"], ["host", "port", "errno"], ["range", "first", "last"]],
  },
  {
    subjects: ["libvirt/errors/blocked"],
    side: "libvirt",
    stage: "connect",
    meaning:
      "Something of the domain stands against a migration: a device of the host, snapshots, or an I/O error that keeps it paused.",
    causes: ["See the text."],
    remedies: [
      "Detach the device, delete the snapshots' metadata, or mend the storage and resume the guest; then migrate.",
    ],
    values: [["what"]],
  },
  {
    subjects: ["libvirt/errors/busy"],
    side: "libvirt",
    stage: "connect",
    meaning: "Another job is changing the domain, or its QEMU does not answer the monitor.",
    causes: [
      "A backup, snapshot or migration is going on.",
      "QEMU hangs, for instance in a destination whose main loop waits for bytes.",
    ],
    remedies: [
      "virsh domjobinfo; wait, or end the other job. If QEMU hangs as a destination, end the connection from the source.",
    ],
    values: [["holder"]],
  },
  {
    subjects: ["libvirt/errors/target-differs"],
    side: "libvirt",
    stage: "connect",
    meaning:
      "The XML given for the destination differs from the running domain in something that the guest can see.",
    causes: ["--xml or a hook changed devices, memory, CPUs or addresses."],
    remedies: ["Change only what the guest cannot see: paths, host devices' backends, graphics."],
    values: [["there", "here"]],
  },
];
