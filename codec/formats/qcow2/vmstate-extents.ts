import { lost, piecesOf } from "./l2-table.ts";
import type { Qcow2Image, Qcow2Snapshot } from "./qcow2-image.ts";
import { entryText, L1_ENTRY, offsetOf } from "./qcow2-mapping.ts";
import { bytesAt, type RandomAccess, type ReadRequest } from "./random-access.ts";
import { createRun, type Piece, type VmstateExtent } from "./vmstate-extent.ts";
import { type Geometry, geometryOf } from "./vmstate-geometry.ts";

/** L1 entries read at once. */
const L1_WINDOW = 8192;
/** Deflate makes no more of one byte. */
const MOST_INFLATION = 1032;

/** Asks for bytes, and gives an extent whenever one is known. What it is sent after an extent is not looked at. */
export type VmstateExtents = Generator<ReadRequest | VmstateExtent, void, Uint8Array>;

/**
 * Follows the snapshot's own tables through `length` bytes of its VM state, in order and without a gap. Neighbouring
 * clusters are one extent. Never throws on bad input, and maps no more than the file can hold.
 */
export function* vmstateExtents(
  image: Qcow2Image,
  snapshot: Qcow2Snapshot,
  length = snapshot.vmStateSize,
): VmstateExtents {
  const run = createRun(`snapshots[${snapshot.index}].vmState`);
  const most = Math.min(length, Number.MAX_SAFE_INTEGER);
  for (const pieces = piecesOfState(geometryOf(image, snapshot), snapshot, most); ; ) {
    let step = pieces.next();
    while (!step.done && step.value.kind === "read") step = pieces.next(yield step.value);
    if (step.done || step.value.kind === "read") break;
    const extent = run.add(step.value);
    if (extent) yield extent;
  }
  const rest = run.rest();
  if (rest) yield rest;
}

/** The extents of a source that answers at once. */
export function* extentsWith(
  extents: VmstateExtents,
  read: (offset: number, length: number) => Uint8Array,
): Generator<VmstateExtent, void, undefined> {
  const nothing = new Uint8Array(0);
  for (let step = extents.next(); !step.done; ) {
    if (step.value.kind === "read") step = extents.next(read(step.value.offset, step.value.length));
    else {
      yield step.value;
      step = extents.next(nothing);
    }
  }
}

/** L1 entries from `index` on: as many as are wanted, unless the file ends. */
export function* l1Entries(
  { size }: Geometry,
  { l1TableOffset }: Qcow2Snapshot,
  index: number,
  wanted: number,
): RandomAccess<DataView> {
  const offset = l1TableOffset + index * L1_ENTRY;
  const bytes = yield* bytesAt(offset, Math.max(0, Math.min(wanted * L1_ENTRY, size - offset)));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function* piecesOfState(
  geometry: Geometry,
  snapshot: Qcow2Snapshot,
  length: number,
): Generator<ReadRequest | Piece, void, Uint8Array> {
  const { perTable, firstEntry, clusterSize, entrySize, size } = geometry;
  const within = createLimits(geometry);
  let window: DataView = new DataView(new ArrayBuffer(0));
  let windowStart = firstEntry;
  for (let done = 0, index = firstEntry; done < length; index++) {
    const wanted = Math.min(perTable, length - done);
    const at = snapshot.l1TableOffset + index * L1_ENTRY;
    if (index >= snapshot.l1Size) {
      const why = {
        reason: "l1-too-short",
        offset: snapshot.offset + 8,
        found: `${snapshot.l1Size} entries`,
      } as const;
      yield { kind: "hole", length: length - done, why };
      return;
    }
    if ((index - windowStart + 1) * L1_ENTRY > window.byteLength) {
      const needed = Math.ceil((length - done) / perTable);
      window = yield* l1Entries(
        geometry,
        snapshot,
        index,
        Math.min(L1_WINDOW, needed, snapshot.l1Size - index),
      );
      windowStart = index;
    }
    if (window.byteLength < (index - windowStart + 1) * L1_ENTRY) {
      yield lost(length - done, "file-ends", at, "");
      return;
    }
    const entry = wordsAt(window, index - windowStart);
    const offset = offsetOf(entry);
    const found = entryText(entry);
    if (offset === 0)
      yield { kind: "hole", length: wanted, why: { reason: "unallocated", offset: at, found } };
    else if (offset % clusterSize !== 0) yield lost(wanted, "table-misplaced", at, found);
    else if (offset >= size) yield lost(wanted, "file-ends", at, found);
    else if (!within.table()) {
      yield lost(length - done, "mapped-too-often", at, found);
      return;
    } else {
      const table = yield* bytesAt(offset, Math.ceil(wanted / clusterSize) * entrySize);
      for (const piece of piecesOf(geometry, table, offset, wanted)) {
        if (!within.piece(piece)) {
          yield lost(length - done, "mapped-too-often", at, found);
          return;
        }
        yield piece;
        done += piece.length;
      }
      continue;
    }
    done += wanted;
  }
}

export function wordsAt(view: DataView, index: number) {
  return { high: view.getUint32(index * L1_ENTRY), low: view.getUint32(index * L1_ENTRY + 4) };
}

/** No cluster is mapped twice in one snapshot, so that all of them are no more than the file. */
function createLimits({ size, mostTables }: Geometry) {
  let tables = mostTables;
  let data = size;
  let inflated = size * MOST_INFLATION;
  return {
    table: () => tables-- > 0,
    piece(piece: Piece): boolean {
      if (piece.kind === "data") data -= piece.length;
      if (piece.kind === "compressed") inflated -= piece.length;
      return data >= 0 && inflated >= 0;
    },
  };
}
