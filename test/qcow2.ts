import {
  QCOW2_MAGIC,
  Qcow2Header,
  Qcow2HeaderCompression,
  Qcow2HeaderPart3,
} from "../codec/formats/qcow2/qcow2.ts";
import { Qcow2SnapshotEntry } from "../codec/formats/qcow2/qcow2-snapshot.ts";
import { concat, encode } from "../codec/layout/index.ts";

/** How one cluster of a state is kept. Subclusters are masks, of an image with extended L2 entries. */
export type Kept =
  | "data"
  | "zero"
  | "none"
  | { readonly compressed: Uint8Array }
  | { readonly allocated: number; readonly zero: number }
  | { readonly entry: bigint };

export interface StateOptions {
  readonly state: Uint8Array;
  readonly id?: string;
  readonly name?: string;
  /** As the table tells it, where that is not the length of the state. */
  readonly size?: bigint;
  readonly diskSize?: bigint;
  /** Bytes of extra data: 24 unless told otherwise. */
  readonly extra?: number;
  readonly keep?: (cluster: number, bytes: Uint8Array) => Kept;
}

export interface ImageOptions {
  readonly version?: 2 | 3;
  readonly clusterBits?: number;
  readonly virtualSize?: bigint;
  readonly cryptMethod?: number;
  readonly compressionType?: number;
  readonly incompatible?: number;
  readonly snapshots?: readonly StateOptions[];
  /** Type and data of each. */
  readonly extensions?: readonly (readonly [type: number, data: Uint8Array])[];
  readonly backingFile?: string;
}

const EXTENDED = 16;
const COMPRESSED = 1n << 62n;

/** A qcow2 image in memory: nothing but what a reader of snapshots looks at. */
export function buildQcow2(options: ImageOptions = {}): Uint8Array<ArrayBuffer> {
  const { clusterBits = 9, snapshots = [], virtualSize = 1024n } = options;
  const clusterSize = 2 ** clusterBits;
  const parts: Uint8Array[] = [new Uint8Array(clusterSize), new Uint8Array(clusterSize)];
  const place = (bytes: Uint8Array): number => {
    const offset = parts.reduce((sum, { length }) => sum + length, 0);
    const padded = new Uint8Array(Math.ceil(Math.max(1, bytes.length) / clusterSize) * clusterSize);
    padded.set(bytes);
    parts.push(padded);
    return offset;
  };
  const extended = Math.floor((options.incompatible ?? 0) / EXTENDED) % 2 === 1;
  const table = snapshots.map((snapshot, i) =>
    entryOf(snapshot, i, virtualSize, mapState(snapshot, clusterBits, extended, virtualSize, place)),
  );
  const entries = table.map((bytes, i) => (i === table.length - 1 ? bytes : padTo8(bytes)));
  const snapshotsOffset = table.length > 0 ? parts.reduce((sum, { length }) => sum + length, 0) : 0;
  parts[0]?.set(headerOf(options, clusterBits, virtualSize, extended, snapshotsOffset));
  return concat([...parts, ...entries]);
}

function headerOf(
  options: ImageOptions,
  clusterBits: number,
  virtualSize: bigint,
  extended: boolean,
  snapshotsOffset: number,
): Uint8Array {
  const { version = 3, cryptMethod = 0, compressionType = 0, incompatible = 0, extensions = [] } = options;
  const perTable = 2 ** (2 * clusterBits - (extended ? 4 : 3));
  const name = new TextEncoder().encode(options.backingFile ?? "");
  const main = {
    magic: QCOW2_MAGIC,
    version,
    backingFileOffset: name.length > 0 ? BigInt(2 ** clusterBits - name.length) : 0n,
    backingFileSize: name.length,
    clusterBits,
    size: virtualSize,
    cryptMethod,
    l1Size: Number((virtualSize + BigInt(perTable) - 1n) / BigInt(perTable)),
    l1TableOffset: 0n,
    refcountTableOffset: BigInt(2 ** clusterBits),
    refcountTableClusters: 1,
    snapshotCount: options.snapshots?.length ?? 0,
    snapshotsOffset: BigInt(snapshotsOffset),
  };
  const third = {
    incompatibleHigh: 0,
    incompatible,
    compatibleHigh: 0,
    compatible: 0,
    autoclearHigh: 0,
    autoclear: 0,
    refcountOrder: 4,
    headerLength: 112,
  };
  const end = new Uint8Array(2 ** clusterBits);
  end.set(name, end.length - name.length);
  const head = concat([
    encode(Qcow2Header, main),
    ...(version === 3
      ? [encode(Qcow2HeaderPart3, third), encode(Qcow2HeaderCompression, { compressionType })]
      : []),
    ...extensions.flatMap(([type, data]) => [words(type, data.length), padTo8(data)]),
  ]);
  end.set(head);
  return end;
}

function words(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  for (const [i, value] of values.entries()) new DataView(bytes.buffer).setUint32(4 * i, value);
  return bytes;
}

function longs(values: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  for (const [i, value] of values.entries()) new DataView(bytes.buffer).setBigUint64(8 * i, value);
  return bytes;
}

function padTo8(bytes: Uint8Array): Uint8Array {
  return concat([bytes, new Uint8Array((8 - (bytes.length % 8)) % 8)]);
}

/** Places clusters, L2 tables and L1 table of a state; says where the L1 table is and how long. */
function mapState(
  { state, keep = () => "data", diskSize }: StateOptions,
  clusterBits: number,
  extended: boolean,
  virtualSize: bigint,
  place: (bytes: Uint8Array) => number,
): { readonly offset: number; readonly entries: number } {
  const clusterSize = 2 ** clusterBits;
  const perTable = clusterSize / (extended ? 16 : 8);
  const clusters = Math.ceil(state.length / clusterSize);
  const l2: bigint[] = [];
  for (let i = 0; i < clusters; i++) {
    const bytes = state.slice(i * clusterSize, (i + 1) * clusterSize);
    const kept = keep(i, bytes);
    l2.push(...entriesOf(kept, bytes, clusterBits, place), ...(extended ? [bitmapOf(kept)] : []));
  }
  const bytes = BigInt(perTable * clusterSize);
  const first = Number(((diskSize ?? virtualSize) + bytes - 1n) / bytes);
  const l1 = new Array<bigint>(first).fill(0n);
  const words = perTable * (extended ? 2 : 1);
  for (let at = 0; at < l2.length; at += words) l1.push(BigInt(place(longs(l2.slice(at, at + words)))));
  return { offset: place(longs(l1)), entries: l1.length };
}

function entriesOf(
  kept: Kept,
  bytes: Uint8Array,
  clusterBits: number,
  place: (bytes: Uint8Array) => number,
): bigint[] {
  if (kept === "data") return [BigInt(place(bytes))];
  if (kept === "zero") return [1n];
  if (kept === "none") return [0n];
  if ("entry" in kept) return [kept.entry];
  if ("allocated" in kept) return [BigInt(place(bytes))];
  const offset = place(kept.compressed);
  const sectors = BigInt(Math.ceil(kept.compressed.length / 512) - 1);
  return [COMPRESSED + (sectors << BigInt(70 - clusterBits)) + BigInt(offset)];
}

function bitmapOf(kept: Kept): bigint {
  if (kept === "data") return 0xffffffffn;
  if (typeof kept === "object" && "allocated" in kept)
    return (BigInt(kept.zero) << 32n) + BigInt(kept.allocated);
  return kept === "zero" ? 0xffffffffn << 32n : 0n;
}

function entryOf(
  { state, id, name = "", size, diskSize, extra = 24 }: StateOptions,
  index: number,
  virtualSize: bigint,
  l1: { readonly offset: number; readonly entries: number },
): Uint8Array {
  const encoder = new TextEncoder();
  const idBytes = encoder.encode(id ?? String(index + 1));
  const nameBytes = encoder.encode(name);
  const vmStateSize = size ?? BigInt(state.length);
  const entry = encode(Qcow2SnapshotEntry, {
    l1TableOffset: BigInt(l1.offset),
    l1Size: l1.entries,
    idLength: idBytes.length,
    nameLength: nameBytes.length,
    dateSeconds: 1_700_000_000,
    dateNanoseconds: 5_000_000,
    vmClock: 3_000_000_000n,
    vmStateSize: vmStateSize > 0xffffffffn ? 0 : Number(vmStateSize),
    extraLength: extra,
  });
  const more = new Uint8Array(extra);
  more.set(longs([vmStateSize, diskSize ?? virtualSize, 2n ** 64n - 1n]).subarray(0, extra));
  return concat([entry, more, idBytes, nameBytes]);
}

/** A source of bytes that counts what is asked for, and refuses what must not be asked. */
export function sourceOf(bytes: Uint8Array) {
  const asked = { requests: 0, bytes: 0 };
  const read = (offset: number, length: number): Uint8Array => {
    if (!Number.isSafeInteger(offset) || offset < 0 || length <= 0 || length > 1 << 20)
      throw new Error(`a request for ${length} bytes at ${offset}`);
    asked.requests++;
    const found = bytes.slice(offset, offset + length);
    asked.bytes += found.length;
    return found;
  };
  return { asked, read };
}
