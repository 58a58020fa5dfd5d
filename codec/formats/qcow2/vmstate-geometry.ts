import type { Qcow2Facts, Qcow2Image, Qcow2Snapshot } from "./qcow2-image.ts";
import { EXTENDED_L2_ENTRY, L2_ENTRY } from "./qcow2-mapping.ts";

/** How the clusters of one snapshot are mapped, and where its VM state begins. */
export interface Geometry {
  readonly facts: Qcow2Facts;
  /** Bytes of the file. */
  readonly size: number;
  readonly clusterSize: number;
  readonly clusterBits: number;
  readonly entrySize: number;
  /** Guest bytes that one L2 table maps. */
  readonly perTable: number;
  /** L1 entry that the VM state begins with: the first behind the disk. */
  readonly firstEntry: number;
  /** L2 tables that the file has room for; no image needs more. */
  readonly mostTables: number;
}

export function geometryOf({ facts, size }: Qcow2Image, { diskSize }: Qcow2Snapshot): Geometry {
  if (!facts) throw new TypeError("an image without a header has no VM state");
  const { clusterSize } = facts;
  const entrySize = facts.extendedL2 ? EXTENDED_L2_ENTRY : L2_ENTRY;
  const perTable = clusterSize * (clusterSize / entrySize);
  const tables = BigInt(perTable);
  return {
    facts,
    size,
    clusterSize,
    clusterBits: Math.log2(clusterSize),
    entrySize,
    perTable,
    firstEntry: Number((diskSize + tables - 1n) / tables),
    mostTables: Math.ceil(size / clusterSize),
  };
}
