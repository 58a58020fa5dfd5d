import type { Fact } from "../../fact.ts";
import type { Erratum } from "./erratum.ts";

/** The file is emptied even when an offset says where to begin. */
export const FILE_OFFSET_TRUNCATES: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/file-offset-truncates",
    claim: "The file is emptied even when an offset says where to begin.",
    value: {
      side: "source",
      trigger: "file: with an offset, in a file that has something in front.",
      outcomes: ["completes"],
      fixedIn: ["9.1"],
      workaround: "Write what stands in front afterwards.",
    },
    since: "8.2",
    until: "9.1",
    evidence: [
      { kind: "commit", commit: "385f510df5", release: "8.2" },
      { kind: "commit", commit: "6d3279655a", release: "9.1" },
    ],
    notes: "What was in front is gone without an error.",
  },
];

/** A mapped-ram file of a source with x-ignore-shared cannot be read. */
export const MAPPED_RAM_WITH_SHARED: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/mapped-ram-with-shared",
    claim: "A mapped-ram file of a source with x-ignore-shared cannot be read.",
    value: {
      side: "either",
      trigger: "mapped-ram and x-ignore-shared.",
      outcomes: ["fails"],
      fixedIn: ["11.0"],
      workaround: "Without x-ignore-shared.",
    },
    since: "9.0",
    until: "11.0",
    evidence: [
      { kind: "commit", commit: "b043f6df27", release: "11.0" },
      { kind: "commit", commit: "0b510b51b6", release: "11.0" },
    ],
  },
];

/** fd: with a pipe is warned about as if it were a file. */
export const FD_PIPES_WARNED: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/fd-pipes-warned",
    claim: "fd: with a pipe is warned about as a file, which is deprecated; the migration goes on.",
    value: {
      side: "either",
      trigger: "fd: with a pipe, as libvirt has with compressed images.",
      outcomes: ["completes"],
      fixedIn: ["9.2"],
      workaround: null,
    },
    since: "9.1",
    until: "9.2",
    evidence: [
      { kind: "source", where: "9.1.0: migration/fd.c, fd_start_incoming_migration()" },
      { kind: "commit", commit: "c55deb860c", release: "9.1" },
      { kind: "commit", commit: "87ae45e602", release: "9.2" },
    ],
    notes: "Whether 9.1.3 has the repair is not known here.",
  },
];

/** x-ignore-shared writes one byte more for each block than later releases. */
export const IGNORE_SHARED_DIALECT_OF_4_0: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/ignore-shared-dialect-of-4.0",
    claim: "x-ignore-shared writes one byte more for each block than later releases.",
    value: {
      side: "either",
      trigger: "x-ignore-shared between 4.0 and a later release.",
      outcomes: ["fails", "guest-lost"],
      fixedIn: ["4.1"],
      workaround: "Without x-ignore-shared.",
    },
    since: "4.0",
    until: "4.1",
    evidence: [{ kind: "commit", commit: "b17fbbe55c", release: "4.1" }],
  },
];

/** Snapshots hold MIG_CMD_SWITCHOVER_START. */
export const SWITCHOVER_START_IN_SNAPSHOTS: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/switchover-start-in-snapshots",
    claim: "Snapshots hold MIG_CMD_SWITCHOVER_START.",
    value: {
      side: "source",
      trigger: "savevm with a machine type from 10.0 on.",
      outcomes: ["completes"],
      fixedIn: ["11.0"],
      workaround: "send-switchover-start=off.",
    },
    since: "10.0",
    until: "11.0",
    evidence: [
      { kind: "commit", commit: "4e55cb3cde", release: "10.0" },
      { kind: "commit", commit: "93b974cbc1", release: "11.0" },
    ],
    notes: "A release before 10.0 refuses that command, but has no such machine type.",
  },
];

/** A dirty bitmap that the destination cannot place is dropped, and the migration completes. */
export const BITMAPS_DROPPED_SILENTLY: readonly Fact<Erratum>[] = [
  {
    id: "qemu/errata/bitmaps-dropped-silently",
    claim: "A dirty bitmap that the destination cannot place is dropped, and the migration completes.",
    value: {
      side: "destination",
      trigger: "A node name or an alias that the destination does not have.",
      outcomes: ["loses-bitmaps"],
      fixedIn: [],
      workaround: "Compare nodes and block-bitmap-mapping of both sides before.",
    },
    since: "5.1",
    evidence: [
      { kind: "commit", commit: "b91f33b81d", release: "5.1" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: recorded migrations" },
    ],
    notes: "On purpose: before 5.1 it failed the load.",
  },
];
