import type { Qcow2Image, Qcow2Snapshot } from "./qcow2-image.ts";
import { isCompressed, isZero, L1_ENTRY, offsetOf } from "./qcow2-mapping.ts";
import { bytesAt, type RandomAccess } from "./random-access.ts";
import { l1Entries, wordsAt } from "./vmstate-extents.ts";
import { type Geometry, geometryOf } from "./vmstate-geometry.ts";

const L1_WINDOW = 8192;

/**
 * Bytes from the beginning of the VM state to the end of the last cluster allocated behind the disk. More than the
 * snapshot table tells for a mapped-ram state, or where an earlier state was longer.
 */
export function* vmstateReach(image: Qcow2Image, snapshot: Qcow2Snapshot): RandomAccess<number> {
  const geometry = geometryOf(image, snapshot);
  const { firstEntry, perTable, size, clusterSize } = geometry;
  let tables = geometry.mostTables;
  const inFile = Math.floor((size - snapshot.l1TableOffset) / L1_ENTRY);
  const last = Math.min(snapshot.l1Size, inFile, firstEntry + Math.floor(Number.MAX_SAFE_INTEGER / perTable));
  for (let end = last; end > firstEntry; ) {
    const start = Math.max(firstEntry, end - L1_WINDOW);
    const window = yield* l1Entries(geometry, snapshot, start, end - start);
    for (let i = Math.floor(window.byteLength / L1_ENTRY) - 1; i >= 0; i--) {
      const offset = offsetOf(wordsAt(window, i));
      if (offset === 0 || offset % clusterSize !== 0 || offset >= size) continue;
      if (tables-- <= 0) return 0;
      const used = yield* usedEntries(geometry, offset);
      if (used > 0) return (start + i - firstEntry) * perTable + used * clusterSize;
    }
    end = start;
  }
  return 0;
}

/** Entries of an L2 table up to the last one that allocates something. */
function* usedEntries({ clusterSize, entrySize }: Geometry, offset: number): RandomAccess<number> {
  const table = yield* bytesAt(offset, clusterSize);
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  for (let i = Math.floor(table.length / entrySize) - 1; i >= 0; i--) {
    const entry = { high: view.getUint32(i * entrySize), low: view.getUint32(i * entrySize + 4) };
    if (isCompressed(entry) || (!isZero(entry) && offsetOf(entry) !== 0)) return i + 1;
  }
  return 0;
}
