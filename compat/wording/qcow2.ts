import { bytes, differs, type Wordings } from "./phrases.ts";

const CHECK = "`qemu-img check` tells what else is damaged; work on a copy.";

const WHY: Readonly<Record<string, readonly [what: string, qemu: string]>> = {
  unallocated: ["no cluster is allocated for them", "QEMU reads zeros there, or what a backing file has"],
  "l1-too-short": ["the snapshot's L1 table ends before them", "QEMU reads zeros there"],
  "table-misplaced": ["their L2 table is not at the beginning of a cluster", "QEMU refuses to read them"],
  "cluster-misplaced": ["their cluster is not at the beginning of a cluster", "QEMU refuses to read them"],
  "zero-in-version-2": [
    "their cluster is marked as zero, which version 2 does not have",
    "QEMU refuses to read them",
  ],
  "subclusters-contradict": [
    "a subcluster of theirs is allocated and zero, or allocated without a cluster",
    "QEMU refuses to read them",
  ],
  "reserved-bits": ["their entry has reserved bits set", "QEMU ignores these bits"],
  "mapped-too-often": [
    "the tables map more than the file has room for, so clusters are mapped twice",
    "reading stops here",
  ],
};

function whyOf(why: unknown): readonly [what: string, qemu: string] {
  return WHY[String(why)] ?? ["their cluster is not where it should be", "what is there is not known"];
}

/** Wording of findings about qcow2 images and their internal snapshots. */
export const qcow2 = {
  QCOW2_CLUSTER_INFLATES: [
    ({ start, length, expected }) =>
      `${bytes(length)} of the VM state from ${start} on are in a compressed cluster that does not inflate to ${bytes(expected)}`,
    `QEMU fails to load the snapshot with an I/O error. ${CHECK}`,
  ],
  QCOW2_DATA_INTERNAL: [
    ({ found }) =>
      `the image keeps its clusters in an external data file${found ? ` (${found})` : ""}, expected them in the image`,
    "Such images have no internal snapshots, and QEMU refuses to make one; look for the VM state in another disk of the VM.",
  ],
  QCOW2_FEATURES_SUPPORTED: [
    ({ expected, found }) =>
      `the image uses features that no released QEMU has: ${found} (known are ${expected})`,
    "Every QEMU refuses the image. Read it with the program that wrote it, or look whether the header is damaged.",
  ],
  QCOW2_FILE_COMPLETE: [
    ({ what, need, have }) => `the file ends before ${what} does: ${bytes(need)} needed, ${have} there`,
    "The file was cut off, or copied in part. Copy it again from where it came from, with its full length.",
  ],
  QCOW2_HAS_VMSTATE: [
    ({ count }) =>
      count === 0
        ? "the image has no internal snapshots, expected one with a VM state"
        : `none of the ${count} internal snapshots has a VM state: they are of the disk alone`,
    "savevm keeps the VM state in one disk only, the first writable one unless told otherwise; look at the other disks of the VM.",
  ],
  QCOW2_HEADER_SOUND: [
    (args) => `the qcow2 header is not sound: ${differs(args)}`,
    `QEMU refuses to open the image. ${CHECK}`,
  ],
  QCOW2_MARKED_CORRUPT: [
    () => "the image is marked corrupt: QEMU found damaged tables in it",
    "QEMU opens it for reading only. Save the snapshots that read whole, then repair a copy with `qemu-img check -r all`.",
  ],
  QCOW2_MARKED_DIRTY: [
    () => "the image is marked dirty: it was not closed, or is in use",
    "Refcounts may be wrong, which does not touch what is read here; QEMU repairs them when it opens the image.",
  ],
  QCOW2_NOT_ENCRYPTED: [
    ({ expected, found }) => `the clusters of the image are encrypted: expected ${expected}, found ${found}`,
    "The snapshots can be listed but not read. Load them with QEMU and the secret; `qemu-img convert` drops snapshots.",
  ],
  QCOW2_SNAPSHOT_TABLE_SOUND: [
    (args) => `the snapshot table is not sound: ${differs(args)}`,
    `QEMU refuses to load the snapshot, or to open the image. ${CHECK}`,
  ],
  QCOW2_VERSION_SUPPORTED: [
    ({ expected, found }) => `qcow version ${found}, expected ${expected}`,
    "Version 1 is the old qcow format, which has no snapshots; others do not exist.",
  ],
  QCOW2_VMSTATE_MAPPED: [
    ({ why, start, length, found }) => {
      const [what, qemu] = whyOf(why);
      const entry = found === "" ? "" : ` (found ${found})`;
      return `${bytes(length)} of the VM state from ${start} on: ${what}${entry}; ${qemu}`;
    },
    `The guest that this snapshot gives is not the one that was saved. Use another snapshot. ${CHECK}`,
  ],
} satisfies Wordings;
