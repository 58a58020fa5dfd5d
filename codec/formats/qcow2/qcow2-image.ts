import type { Finding } from "../finding.ts";

/** What the header of a qcow2 image says. */
export interface Qcow2Facts {
  readonly version: number;
  /** Bytes. */
  readonly clusterSize: number;
  /** Bytes of the disk that the guest sees. */
  readonly virtualSize: bigint;
  readonly refcountBits: number;
  /** Offset of the header extensions. */
  readonly headerLength: number;
  readonly encryption: "none" | "aes" | "luks" | "unknown";
  /** Of compressed clusters. */
  readonly compression: "zlib" | "zstd" | "unknown";
  /** L2 entries have 16 bytes, and clusters have subclusters. */
  readonly extendedL2: boolean;
  readonly lazyRefcounts: boolean;
  readonly dirty: boolean;
  readonly corrupt: boolean;
  /** Guest clusters are in another file. */
  readonly externalData: boolean;
  /** Name of that file, where the image tells it. */
  readonly dataFile: string | null;
  readonly backingFile: string | null;
  readonly backingFormat: string | null;
  /** Incompatible features that no release has: their names where the image tells them. */
  readonly unknownFeatures: readonly string[];
}

/** One internal snapshot. */
export interface Qcow2Snapshot {
  readonly index: number;
  /** At most 127 bytes of it, as QEMU shows. */
  readonly id: string;
  /** At most 255 bytes of it, as QEMU shows. */
  readonly name: string;
  /** When it was taken: ISO 8601 with nanoseconds. */
  readonly date: string;
  /** Nanoseconds that the guest had run. */
  readonly vmClock: bigint;
  /** Bytes of VM state that were written; 0 for a snapshot of the disk alone. A mapped-ram state has holes and reaches further. */
  readonly vmStateSize: number;
  /** Bytes of the virtual disk then. */
  readonly diskSize: bigint;
  /** Instructions of record and replay; null without that. */
  readonly icount: bigint | null;
  readonly l1TableOffset: number;
  /** Entries. */
  readonly l1Size: number;
  /** Where its entry in the snapshot table is. */
  readonly offset: number;
}

/** A qcow2 image up to its snapshot table. */
export interface Qcow2Image {
  /** Bytes of the file. */
  readonly size: number;
  /** Null where there is no header to go by. */
  readonly facts: Qcow2Facts | null;
  readonly snapshots: readonly Qcow2Snapshot[];
  /** Whether VM states can be read: clusters are in this file, not encrypted, and mapped in a known way. */
  readonly readable: boolean;
  readonly findings: readonly Finding[];
}
