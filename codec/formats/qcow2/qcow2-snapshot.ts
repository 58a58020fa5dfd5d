import { type Infer, struct, u16, u32, u64 } from "../../layout/index.ts";

const SOURCE = "QEMU docs/interop/qcow2.rst and block/qcow2.h";

/** QEMU refuses tables with more. */
export const MOST_SNAPSHOTS = 65_536;
export const LONGEST_SNAPSHOT_TABLE = 1024 * MOST_SNAPSHOTS;
export const LONGEST_EXTRA = 1024;

/** Bytes of an id and a name that QEMU shows. */
export const LONGEST_ID = 127;
export const LONGEST_NAME = 255;

export const Qcow2SnapshotEntry = struct({
  name: "Qcow2SnapshotEntry",
  endian: "be",
  doc: "One snapshot. Extra data, id and name follow, then padding to a multiple of 8 bytes.",
  source: `${SOURCE}, QCowSnapshotHeader, 0.9 to 11.1`,
  fields: {
    l1TableOffset: u64("Where the L1 table of the snapshot is.", { format: "hex" }),
    l1Size: u32("Entries of that table."),
    idLength: u16("Bytes of the id, which has no NUL.", { unit: "bytes" }),
    nameLength: u16("Bytes of the name, which has no NUL.", { unit: "bytes" }),
    dateSeconds: u32("When it was taken, since 1970.", { unit: "s" }),
    dateNanoseconds: u32("Rest of that time.", { unit: "ns" }),
    vmClock: u64("How long the guest had run.", { unit: "ns" }),
    vmStateSize: u32("Bytes of VM state; 0 without one, or where it takes 64 bits.", { unit: "bytes" }),
    extraLength: u32("Bytes of extra data; at most 1024, at least 16 in version 3.", { unit: "bytes" }),
  },
});
export type Qcow2SnapshotEntry = Infer<typeof Qcow2SnapshotEntry>;

export const SNAPSHOT_ENTRY = 40;

/** Extra data is read as far as it is there: what a field is not in has the value that its doc says. */
export const Qcow2SnapshotExtra = struct({
  name: "Qcow2SnapshotExtra",
  endian: "be",
  doc: "Extra data of a snapshot as it is written since 5.2. Older releases write the first field or two.",
  source: `${SOURCE}, QCowSnapshotExtraData, 5.2 to 11.1`,
  fields: {
    vmStateSize: u64("Bytes of VM state, in place of the 32 bits before.", { unit: "bytes", since: "1.1" }),
    diskSize: u64("Size of the virtual disk then; as in the header where it is not told.", {
      unit: "bytes",
      since: "1.1",
    }),
    icount: u64("Instructions of record and replay; all ones without that.", { since: "5.2" }),
  },
});

export const SNAPSHOT_EXTRA = 24;
/** What a writer of version 3 owes: all but the instruction count. */
export const LEAST_EXTRA_3 = 16;
