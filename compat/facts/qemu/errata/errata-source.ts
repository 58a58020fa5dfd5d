import type { Fact } from "../../fact.ts";
import type { Erratum } from "./erratum.ts";

/** A start of postcopy that fails leaves the source in a state that nothing ends. */
export const POSTCOPY_START_STUCK: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/postcopy-start-stuck",
    claim: "A start of postcopy that fails does not become failed: the state stays active or device.",
    value: {
      side: "source",
      trigger: "An error while the device state is packed or sent at the switch to postcopy.",
      outcomes: ["hangs"],
      fixedIn: ["10.0.5", "10.2"],
      workaround: null,
    },
    since: "10.0",
    until: "10.2",
    evidence: [
      { kind: "commit", commit: "48814111366b", release: "10.0" },
      { kind: "commit", commit: "725a9e5f78", release: "10.2" },
      { kind: "source", where: "Debian's changelog of 1:10.0.6+ds-0+deb13u1 lists it under 10.0.5" },
    ],
  },
];

/** COLO does not begin when the first copy is done. */
export const COLO_NOT_ENTERED: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/colo-not-entered",
    claim: "COLO does not begin when the first copy is done: the state is device where active is expected.",
    value: {
      side: "source",
      trigger: "x-colo.",
      outcomes: ["completes"],
      fixedIn: ["10.0.7", "10.2"],
      workaround: null,
    },
    since: "10.0",
    until: "10.2",
    evidence: [
      { kind: "commit", commit: "48814111366b", release: "10.0" },
      { kind: "commit", commit: "0b5bf4ea76", release: "10.2" },
      { kind: "source", where: "Debian's changelog of 1:10.0.7+ds-0+deb13u1" },
    ],
  },
];

/** Disks stay inactive when the switchover fails, and the guest runs on with them. */
export const DISKS_LEFT_INACTIVE: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/disks-left-inactive",
    claim: "A switchover that fails after the disks were handed over does not take them back.",
    value: {
      side: "source",
      trigger: "An error while the device state is sent at the end of precopy.",
      outcomes: ["source-crashes"],
      fixedIn: ["7.2.3", "8.1"],
      workaround: null,
    },
    since: "2.10",
    until: "8.1",
    evidence: [
      { kind: "commit", commit: "fe904ea824", release: "2.10" },
      { kind: "commit", commit: "6dab4c93ec", release: "8.1" },
      {
        kind: "source",
        where: "Debian 1:7.2+dfsg-7+deb12u18, debian/patches/v7.2.3.diff, migration/migration.c",
      },
    ],
    notes: "The first write of the guest then meets an assertion of the block layer.",
  },
];

/** A background snapshot misses writes to memory that was never touched. */
export const SNAPSHOT_POPULATES_TOO_LITTLE: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/snapshot-populates-too-little",
    claim: "A background snapshot prepares too little of memory that was never touched.",
    value: {
      side: "source",
      trigger: "background-snapshot with memory of which a device has discarded parts, such as virtio-mem.",
      outcomes: ["corrupts"],
      fixedIn: ["7.2.1", "8.0"],
      workaround: "No background-snapshot with such devices.",
    },
    since: "6.2",
    until: "8.0",
    evidence: [
      { kind: "commit", commit: "f7b9dcfbcf44", release: "6.2" },
      { kind: "commit", commit: "5f19a44919", release: "8.0" },
      { kind: "source", where: "Debian 1:7.2+dfsg-7+deb12u18, debian/patches/v7.2.1.diff, migration/ram.c" },
    ],
  },
];

/** All memory is written back at the end of the load, whatever it is. */
export const VOLATILE_MEMORY_SYNCED: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/volatile-memory-synced",
    claim:
      "A destination writes all memory back when it has loaded, though only non-volatile memory needs it.",
    value: {
      side: "destination",
      trigger: "Memory that is mapped from a file.",
      outcomes: ["completes"],
      fixedIn: ["7.2.19", "10.0.3", "10.1"],
      workaround: null,
    },
    since: "5.0",
    until: "10.1",
    evidence: [
      { kind: "commit", commit: "bd108a44bc29", release: "5.0" },
      { kind: "commit", commit: "983899eab4", release: "10.1" },
      { kind: "source", where: "Debian 1:7.2+dfsg-7+deb12u18, debian/patches/v7.2.19.diff, migration/ram.c" },
      { kind: "source", where: "Debian's changelog of 1:10.0.3+ds-0+deb13u1" },
    ],
    notes: "It costs time while the guest is paused.",
  },
];
