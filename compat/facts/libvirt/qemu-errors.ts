import type { Fact } from "../fact.ts";

/** How libvirt words that QEMU went away; `%s` is the domain's name. */
export const MONITOR_CLOSED: readonly Fact<string>[] = [
  {
    id: "libvirt/qemu/monitor-closed/early-end",
    claim: "A QEMU that exits is reported as an early end of file, with what it printed.",
    value: "early end of file from monitor, possible problem: ",
    since: "1.1.3",
    until: "2.1.0",
    evidence: [{ kind: "commit", commit: "90139a6236", release: "1.1.3" }],
    notes: "From the history only.",
  },
  {
    id: "libvirt/qemu/monitor-closed/unexpectedly",
    claim: "A QEMU that exits is said to have closed the monitor, with what it printed.",
    value: "qemu unexpectedly closed the monitor: ",
    since: "2.1.0",
    until: { after: "9.0.0", atLatest: "11.3.0" },
    evidence: [
      { kind: "commit", commit: "c1b8d87bab", release: "2.1.0" },
      { kind: "run", of: "7.0.0, 9.0.0: stream_magic_bad" },
    ],
    notes: "If it exits before the monitor is connected: process exited while connecting to monitor.",
  },
  {
    id: "libvirt/qemu/monitor-closed/named",
    claim: "The same, with the domain's name.",
    value: "QEMU unexpectedly closed the monitor (vm='%s'): ",
    since: { after: "9.0.0", atLatest: "11.3.0" },
    evidence: [{ kind: "source", where: "11.3.0, src/qemu/qemu_monitor.c" }],
  },
];

/** QEMU is told to stay and tell, instead of to exit, when a load fails; if it can. */
export const STAYS_ON_ERROR: readonly Fact[] = [
  {
    id: "libvirt/qemu/stays-on-error",
    claim: "QEMU is asked not to exit when a load fails; its error-desc becomes the error.",
    value: true,
    since: { after: "9.0.0", atLatest: "11.3.0" },
    evidence: [
      { kind: "source", where: "11.3.0, src/qemu/qemu_migration.c, qemuMigrationDstRun()" },
      { kind: "run", of: "11.3.0 with QEMU 10.0.13, 12.8.0 with QEMU 11.1.3" },
    ],
  },
];

/** The exit status of the decompressor counts, also after QEMU was content. */
export const DECOMPRESSOR_STATUS: readonly Fact[] = [
  {
    id: "libvirt/save-image/decompressor-status",
    claim: "A decompressor that ends badly fails the restore, also when QEMU has loaded all it wants.",
    value: true,
    since: { after: "0.8.0", atLatest: "0.9.5" },
    evidence: [
      { kind: "source", where: "0.9.5, src/qemu/qemu_driver.c, qemuDomainSaveImageStartVM()" },
      { kind: "source", where: "11.3.0, src/util/vircommand.c, virCommandWait()" },
    ],
  },
];
