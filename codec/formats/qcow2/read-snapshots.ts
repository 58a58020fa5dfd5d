import { decodeText, type Field, read } from "../../layout/index.ts";
import { LONGEST_L1, type Qcow2Header } from "./qcow2.ts";
import { isMisplaced } from "./qcow2-checks.ts";
import type { Qcow2Facts, Qcow2Snapshot } from "./qcow2-image.ts";
import { L1_ENTRY } from "./qcow2-mapping.ts";
import { type Notes, note, noteEnd, tracing } from "./qcow2-notes.ts";
import {
  LEAST_EXTRA_3,
  LONGEST_EXTRA,
  LONGEST_ID,
  LONGEST_NAME,
  LONGEST_SNAPSHOT_TABLE,
  MOST_SNAPSHOTS,
  Qcow2SnapshotEntry,
  Qcow2SnapshotExtra,
  SNAPSHOT_ENTRY,
  SNAPSHOT_EXTRA,
} from "./qcow2-snapshot.ts";
import { bytesAt, type RandomAccess } from "./random-access.ts";

const NO_ICOUNT = 2n ** 64n - 1n;
const BILLION = 1_000_000_000;

/** Reads the snapshot table as far as it goes, and says whether there is a VM state in it. */
export function* readSnapshotTable(
  notes: Notes,
  facts: Qcow2Facts,
  header: Qcow2Header,
): RandomAccess<Qcow2Snapshot[]> {
  const { snapshotCount, snapshotsOffset } = header;
  const snapshots: Qcow2Snapshot[] = [];
  const at = "Qcow2Header.snapshotsOffset";
  if (snapshotCount > MOST_SNAPSHOTS)
    unsound(notes, "Qcow2Header.snapshotCount", 60, `at most ${MOST_SNAPSHOTS} snapshots`, snapshotCount);
  else if (snapshotCount > 0 && isMisplaced(snapshotsOffset, facts.clusterSize))
    unsound(notes, at, 64, `a multiple of ${facts.clusterSize}`, snapshotsOffset);
  else yield* readEntries(notes, facts, Number(snapshotsOffset), snapshotCount, snapshots);
  const none = !snapshots.some(({ vmStateSize }) => vmStateSize > 0) && snapshots.length === snapshotCount;
  if (none && !facts.externalData)
    note(notes, "QCOW2_HAS_VMSTATE", "error", "", 60, { count: snapshotCount });
  return snapshots;
}

function* readEntries(
  notes: Notes,
  facts: Qcow2Facts,
  start: number,
  count: number,
  snapshots: Qcow2Snapshot[],
): RandomAccess<void> {
  let next = start;
  for (let index = 0; index < count; index++) {
    const offset = Math.ceil(next / 8) * 8;
    const within = `snapshots[${index}]`;
    const bytes = yield* bytesAt(offset, SNAPSHOT_ENTRY + SNAPSHOT_EXTRA);
    if (bytes.length < SNAPSHOT_ENTRY) {
      noteEnd(notes, "the snapshot table", within, offset, SNAPSHOT_ENTRY);
      return;
    }
    const entry = read(Qcow2SnapshotEntry, bytes, tracing(notes, offset, within)).value;
    const textAt = offset + SNAPSHOT_ENTRY + entry.extraLength;
    next = textAt + entry.idLength + entry.nameLength;
    if (next > notes.size) {
      noteEnd(notes, "the snapshot table", within, offset, next - offset);
      return;
    }
    if (next - start > LONGEST_SNAPSHOT_TABLE) {
      unsound(notes, within, offset, `a table of at most ${LONGEST_SNAPSHOT_TABLE} bytes`, "a longer one");
      return;
    }
    const extra = readExtra(notes, bytes, offset, entry.extraLength, within);
    const id = yield* readText(notes, textAt, entry.idLength, LONGEST_ID, `${within}.id`);
    const nameAt = textAt + entry.idLength;
    const name = yield* readText(notes, nameAt, entry.nameLength, LONGEST_NAME, `${within}.name`);
    const vmStateSize = extra.vmStateSize ?? BigInt(entry.vmStateSize);
    const snapshot: Qcow2Snapshot = {
      index,
      id,
      name,
      date: dateText(entry.dateSeconds, entry.dateNanoseconds),
      vmClock: entry.vmClock,
      vmStateSize: Number(vmStateSize),
      diskSize: extra.diskSize ?? facts.virtualSize,
      icount: extra.icount === undefined || extra.icount === NO_ICOUNT ? null : extra.icount,
      l1TableOffset: Number(entry.l1TableOffset),
      l1Size: entry.l1Size,
      offset,
    };
    checkEntry(notes, facts, snapshot, entry.l1TableOffset, entry.extraLength, within);
    snapshots.push(snapshot);
  }
}

interface Extra {
  readonly vmStateSize?: bigint;
  readonly diskSize?: bigint;
  readonly icount?: bigint;
}

/** The fields of the extra data that are there whole. */
function readExtra(notes: Notes, bytes: Uint8Array, offset: number, length: number, within: string): Extra {
  const have = Math.min(length, SNAPSHOT_EXTRA);
  const padded = new Uint8Array(SNAPSHOT_EXTRA);
  padded.set(bytes.subarray(SNAPSHOT_ENTRY, SNAPSHOT_ENTRY + have));
  const options = tracing(notes, offset + SNAPSHOT_ENTRY, within);
  const { trace, ...plain } = { trace: undefined, ...options };
  const shown = offset + SNAPSHOT_ENTRY + have;
  const { vmStateSize, diskSize, icount } = read(Qcow2SnapshotExtra, padded, {
    ...plain,
    trace: (span) => {
      if (span.end <= shown) trace?.(span);
    },
  }).value;
  return {
    ...(have >= 8 ? { vmStateSize } : {}),
    ...(have >= 16 ? { diskSize } : {}),
    ...(have >= 24 ? { icount } : {}),
  };
}

function* readText(
  notes: Notes,
  at: number,
  length: number,
  most: number,
  path: string,
): RandomAccess<string> {
  if (length === 0) return "";
  const value = decodeText(yield* bytesAt(at, Math.min(length, most)));
  const field: Field = { kind: "text", length, doc: "Text without a NUL." };
  notes.span?.({ path, start: at, end: at + length, value, field });
  return value;
}

/** Tells what QEMU refuses to load a snapshot for, or to list any. */
function checkEntry(
  notes: Notes,
  facts: Qcow2Facts,
  { l1Size, offset, vmStateSize, diskSize }: Qcow2Snapshot,
  l1TableOffset: bigint,
  extraLength: number,
  within: string,
): void {
  const entry = `${within}.Qcow2SnapshotEntry`;
  if (extraLength > LONGEST_EXTRA)
    unsound(notes, `${entry}.extraLength`, offset + 36, `at most ${LONGEST_EXTRA}`, extraLength);
  else if (facts.version === 3 && extraLength < LEAST_EXTRA_3)
    unsound(notes, `${entry}.extraLength`, offset + 36, `at least ${LEAST_EXTRA_3}`, extraLength, "warning");
  if (isMisplaced(l1TableOffset, facts.clusterSize))
    unsound(notes, `${entry}.l1TableOffset`, offset, `a multiple of ${facts.clusterSize}`, l1TableOffset);
  if (l1Size > LONGEST_L1 / L1_ENTRY)
    unsound(notes, `${entry}.l1Size`, offset + 8, `at most ${LONGEST_L1 / L1_ENTRY} entries`, l1Size);
  if (vmStateSize > Number.MAX_SAFE_INTEGER)
    unsound(notes, `${within}.vmStateSize`, offset, "a size that a file can have", vmStateSize);
  if (diskSize > BigInt(Number.MAX_SAFE_INTEGER))
    unsound(notes, `${within}.diskSize`, offset, "a size that a disk can have", diskSize);
}

function unsound(
  notes: Notes,
  subject: string,
  offset: number,
  expected: string,
  found: string | number | bigint,
  level: "error" | "warning" = "error",
): void {
  note(notes, "QCOW2_SNAPSHOT_TABLE_SOUND", level, subject, offset, { expected, found: String(found) });
}

function dateText(seconds: number, nanoseconds: number): string {
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return nanoseconds < BILLION ? `${whole}.${String(nanoseconds).padStart(9, "0")}Z` : `${whole}Z`;
}
