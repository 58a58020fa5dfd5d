import {
  CLUSTER_BITS,
  FEATURE,
  HEADER_3,
  LEAST_SUBCLUSTER,
  LONGEST_L1,
  LONGEST_REFCOUNT_TABLE,
  MOST_REFCOUNT_ORDER,
  type Qcow2Header,
  type Qcow2HeaderPart3,
  SUBCLUSTERS,
} from "./qcow2.ts";
import { EXTENDED_L2_ENTRY, hasBit, L1_ENTRY, L2_ENTRY } from "./qcow2-mapping.ts";
import { type Notes, note } from "./qcow2-notes.ts";

/** The header as it was read. */
export interface HeaderFields {
  readonly main: Qcow2Header;
  /** Absent in version 2. */
  readonly part3?: Qcow2HeaderPart3;
  readonly headerLength: number;
  readonly compressionType: number;
}

export function hasFeature({ part3 }: HeaderFields, mask: number): boolean {
  return hasBit(part3?.incompatible ?? 0, Math.log2(mask));
}

/** Tells what QEMU refuses to open an image for. Returns false where nothing can be read without it. */
export function checkHeader(notes: Notes, header: HeaderFields): boolean {
  const { main, part3, headerLength, compressionType } = header;
  const wrong = (subject: string, offset: number, expected: string, found: string | number | bigint) =>
    note(notes, "QCOW2_HEADER_SOUND", "error", subject, offset, { expected, found: String(found) });
  const extended = hasFeature(header, FEATURE.extendedL2);
  const least = extended ? Math.log2(SUBCLUSTERS * LEAST_SUBCLUSTER) : CLUSTER_BITS.least;
  const { clusterBits } = main;
  if (clusterBits < least || clusterBits > CLUSTER_BITS.most) {
    wrong("Qcow2Header.clusterBits", 20, `${least} to ${CLUSTER_BITS.most}`, clusterBits);
    return false;
  }
  const clusterSize = 2 ** clusterBits;
  const table = (name: "l1TableOffset" | "refcountTableOffset", at: number, bytes: number, most: number) => {
    if (bytes > most) wrong(`Qcow2Header.${name}`, at, `a table of at most ${most} bytes`, `${bytes} bytes`);
    else if (isMisplaced(main[name], clusterSize))
      wrong(`Qcow2Header.${name}`, at, `a multiple of ${clusterSize}`, main[name]);
  };
  if (main.refcountTableClusters === 0)
    wrong("Qcow2Header.refcountTableClusters", 56, "a refcount table", "none");
  else table("refcountTableOffset", 48, main.refcountTableClusters * clusterSize, LONGEST_REFCOUNT_TABLE);
  table("l1TableOffset", 40, main.l1Size * L1_ENTRY, LONGEST_L1);
  const perTable = BigInt(clusterSize) * BigInt(clusterSize / (extended ? EXTENDED_L2_ENTRY : L2_ENTRY));
  const entries = (main.size + perTable - 1n) / perTable;
  if (BigInt(main.l1Size) < entries)
    wrong("Qcow2Header.l1Size", 36, `${entries} entries for ${main.size} bytes of disk`, main.l1Size);
  if (main.backingFileOffset > BigInt(clusterSize))
    wrong("Qcow2Header.backingFileOffset", 8, "an offset in the first cluster", main.backingFileOffset);
  if (part3 && part3.refcountOrder > MOST_REFCOUNT_ORDER)
    wrong("Qcow2HeaderPart3.refcountOrder", 96, `0 to ${MOST_REFCOUNT_ORDER}`, part3.refcountOrder);
  if (part3 && (headerLength < HEADER_3 || headerLength > clusterSize)) {
    wrong("Qcow2HeaderPart3.headerLength", 100, `${HEADER_3} to ${clusterSize}`, headerLength);
    return true;
  }
  if (hasFeature(header, FEATURE.compression) !== (compressionType !== 0)) {
    const bit = hasFeature(header, FEATURE.compression) ? "with" : "without";
    const expected = compressionType === 0 ? "a type other than 0" : "type 0";
    wrong(
      "Qcow2HeaderCompression.compressionType",
      HEADER_3,
      expected,
      `type ${compressionType} ${bit} its feature bit`,
    );
  }
  return true;
}

/** Whether a table is not at the beginning of a cluster, or at no offset that a file can have. */
export function isMisplaced(offset: bigint, clusterSize: number): boolean {
  return offset % BigInt(clusterSize) !== 0n || offset > BigInt(Number.MAX_SAFE_INTEGER);
}
