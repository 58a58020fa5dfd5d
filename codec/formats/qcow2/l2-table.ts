import { SUBCLUSTERS } from "./qcow2.ts";
import {
  compressedPlace,
  type EntryWords,
  entryText,
  hasBit,
  hasReservedBits,
  isCompressed,
  isZero,
  offsetOf,
} from "./qcow2-mapping.ts";
import type { Piece, Unmapped, Why } from "./vmstate-extent.ts";
import type { Geometry } from "./vmstate-geometry.ts";

/** What the entries of an L2 table say about `length` bytes from the table's first on. */
export function* piecesOf(
  geometry: Geometry,
  table: Uint8Array,
  tableOffset: number,
  length: number,
): Generator<Piece, void, undefined> {
  const { clusterSize, entrySize, facts } = geometry;
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  for (let done = 0, at = 0; done < length; done += clusterSize, at += entrySize) {
    const wanted = Math.min(clusterSize, length - done);
    if (at + entrySize > table.length) {
      yield lost(length - done, "file-ends", tableOffset + at, "");
      return;
    }
    const entry = { high: view.getUint32(at), low: view.getUint32(at + 4) };
    const offset = tableOffset + at;
    if (isCompressed(entry)) yield compressed(geometry, entry, wanted, offset);
    else if (facts.extendedL2)
      yield* subclusters(geometry, entry, view.getUint32(at + 8), view.getUint32(at + 12), wanted, offset);
    else yield* cluster(geometry, entry, wanted, offset);
  }
}

function compressed(geometry: Geometry, entry: EntryWords, wanted: number, at: number): Piece {
  const { offset, stored } = compressedPlace(entry, geometry.clusterBits);
  if (offset >= geometry.size) return lost(wanted, "file-ends", at, entryText(entry));
  return { kind: "compressed", length: wanted, offset, stored };
}

function* cluster(geometry: Geometry, entry: EntryWords, wanted: number, at: number) {
  const found = entryText(entry);
  if (isZero(entry)) {
    if (geometry.facts.version < 3) yield lost(wanted, "zero-in-version-2", at, found);
    else yield { kind: "zero", length: wanted } as const;
    return;
  }
  const offset = offsetOf(entry);
  if (offset === 0) yield hole(wanted, "unallocated", at, found);
  else if (offset % geometry.clusterSize !== 0) yield lost(wanted, "cluster-misplaced", at, found);
  else yield* data(geometry, offset, wanted, whyReserved(entry, false, at));
}

/** The 32 parts of a cluster, each allocated, zero or neither. */
function* subclusters(
  geometry: Geometry,
  entry: EntryWords,
  zero: number,
  allocated: number,
  wanted: number,
  at: number,
): Generator<Piece, void, undefined> {
  const found = entryText(entry);
  const offset = offsetOf(entry);
  if (allocated !== 0 && (offset === 0 || shareBit(zero, allocated))) {
    yield lost(wanted, "subclusters-contradict", at, found);
    return;
  }
  if (offset % geometry.clusterSize !== 0) {
    yield lost(wanted, "cluster-misplaced", at, found);
    return;
  }
  const size = geometry.clusterSize / SUBCLUSTERS;
  const why = whyReserved(entry, true, at);
  for (let i = 0; i * size < wanted; i++) {
    const length = Math.min(size, wanted - i * size);
    if (hasBit(allocated, i)) yield* data(geometry, offset + i * size, length, why);
    else if (hasBit(zero, i)) yield { kind: "zero", length };
    else yield hole(length, "unallocated", at, found);
  }
}

/** A cluster or part of one, as far as the file goes. */
function* data(
  { size }: Geometry,
  offset: number,
  wanted: number,
  why: Why | undefined,
): Generator<Piece, void, undefined> {
  const length = Math.min(wanted, Math.max(0, size - offset));
  if (length > 0) yield { kind: "data", length, offset, ...(why ? { why } : {}) };
  if (length < wanted) yield lost(wanted - length, "file-ends", size, "");
}

function shareBit(one: number, other: number): boolean {
  for (let i = 0; i < SUBCLUSTERS; i++) if (hasBit(one, i) && hasBit(other, i)) return true;
  return false;
}

function whyReserved(entry: EntryWords, extended: boolean, offset: number): Why | undefined {
  if (!hasReservedBits(entry, extended)) return undefined;
  return { reason: "reserved-bits", offset, found: entryText(entry) };
}

function hole(length: number, reason: Unmapped, offset: number, found: string): Piece {
  return { kind: "hole", length, why: { reason, offset, found } };
}

export function lost(length: number, reason: Unmapped, offset: number, found: string): Piece {
  return { kind: "lost", length, why: { reason, offset, found } };
}
