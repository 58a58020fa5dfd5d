import { decodeText, read } from "../../layout/index.ts";
import {
  EXTENSION,
  KNOWN_INCOMPATIBLE,
  LONGEST_BACKING_NAME,
  Qcow2FeatureName,
  Qcow2HeaderExtension,
} from "./qcow2.ts";
import type { HeaderFields } from "./qcow2-checks.ts";
import { hasBit } from "./qcow2-mapping.ts";
import { type Notes, note, noteEnd, tracing } from "./qcow2-notes.ts";
import { bytesAt, type RandomAccess } from "./random-access.ts";

const HEADER = 8;
const FEATURE_NAME = 48;
/** One for each bit there can be, and then no more are read. */
const MOST_NAMES = 3 * 64;
const MOST_EXTENSIONS = 64;
const LONGEST_NAME = 1024;
const INCOMPATIBLE = 0;
const BITS = 64;

export interface Extensions {
  readonly dataFile: string | null;
  readonly backingFormat: string | null;
  /** Names of incompatible features, by the number of their bit. */
  readonly names: ReadonlyMap<number, string>;
}

/** Reads the header extensions, which end with an end mark, the name of the backing file or the cluster. */
export function* readExtensions(
  notes: Notes,
  { main, headerLength }: HeaderFields,
): RandomAccess<Extensions> {
  const clusterSize = 2 ** main.clusterBits;
  const name = Number(main.backingFileOffset);
  const end = name > 0 && name < clusterSize ? name : clusterSize;
  const names = new Map<number, string>();
  let dataFile: string | null = null;
  let backingFormat: string | null = null;
  let at = headerLength;
  for (let count = 0; at < end && count < MOST_EXTENSIONS; count++) {
    const within = `extensions[${count}]`;
    const head = yield* bytesAt(at, HEADER);
    if (head.length < HEADER) {
      noteEnd(notes, "a header extension", within, at, HEADER);
      break;
    }
    const { type, length } = read(Qcow2HeaderExtension, head, tracing(notes, at, within)).value;
    const start = at + HEADER;
    if (length > end - start) {
      const args = { expected: `at most ${Math.max(0, end - start)} bytes`, found: `${length} bytes` };
      note(notes, "QCOW2_HEADER_SOUND", "error", `${within}.Qcow2HeaderExtension.length`, at + 4, args);
      break;
    }
    if (type === 0) break;
    if (type === EXTENSION.features) yield* readNames(notes, start, length, within, names);
    if (type === EXTENSION.dataFile) dataFile = yield* readName(notes, start, length, within);
    if (type === EXTENSION.backingFormat) backingFormat = yield* readName(notes, start, length, within);
    at = start + Math.ceil(length / 8) * 8;
  }
  return { dataFile, backingFormat, names };
}

function* readName(notes: Notes, at: number, length: number, within: string): RandomAccess<string> {
  const bytes = yield* bytesAt(at, Math.min(length, LONGEST_NAME));
  const value = decodeText(bytes);
  const field = { kind: "text", length: bytes.length, doc: "A name." } as const;
  if (bytes.length > 0)
    notes.span?.({ path: `${within}.name`, start: at, end: at + bytes.length, value, field });
  return value;
}

function* readNames(
  notes: Notes,
  at: number,
  length: number,
  within: string,
  names: Map<number, string>,
): RandomAccess<void> {
  const count = Math.min(MOST_NAMES, Math.floor(length / FEATURE_NAME));
  const bytes = yield* bytesAt(at, count * FEATURE_NAME);
  for (let i = 0; (i + 1) * FEATURE_NAME <= bytes.length; i++) {
    const entry = bytes.subarray(i * FEATURE_NAME, (i + 1) * FEATURE_NAME);
    const options = tracing(notes, at + i * FEATURE_NAME, `${within}.features[${i}]`);
    const { type, bit, name } = read(Qcow2FeatureName, entry, options).value;
    if (type === INCOMPATIBLE && bit < BITS) names.set(bit, name.replace(/\0.*$/s, ""));
  }
}

/** The incompatible features that no release has, by the names that the image gives them. */
export function featureNames({ part3 }: HeaderFields, names: ReadonlyMap<number, string>): string[] {
  if (!part3) return [];
  const known = Math.log2(KNOWN_INCOMPATIBLE + 1);
  const unknown: string[] = [];
  for (let bit = known; bit < BITS; bit++) {
    const word = bit < BITS / 2 ? part3.incompatible : part3.incompatibleHigh;
    if (hasBit(word, bit % (BITS / 2))) unknown.push(names.get(bit) || `bit ${bit}`);
  }
  return unknown;
}

/** Reads the name of the backing file, which follows the extensions in the first cluster. */
export function* readBackingName(notes: Notes, { main }: HeaderFields): RandomAccess<string | null> {
  const { backingFileOffset, backingFileSize, clusterBits } = main;
  const offset = Number(backingFileOffset);
  if (offset === 0 || offset > 2 ** clusterBits) return null;
  const most = Math.min(LONGEST_BACKING_NAME, 2 ** clusterBits - offset);
  if (backingFileSize > most) {
    const args = { expected: `at most ${most} bytes`, found: `${backingFileSize} bytes` };
    note(notes, "QCOW2_HEADER_SOUND", "error", "Qcow2Header.backingFileSize", 16, args);
    return null;
  }
  const bytes = yield* bytesAt(offset, backingFileSize);
  if (bytes.length < backingFileSize)
    noteEnd(notes, "the name of the backing file", "backingFile", offset, backingFileSize);
  const value = decodeText(bytes);
  const field = { kind: "text", length: bytes.length, doc: "Name of the backing file." } as const;
  if (bytes.length > 0)
    notes.span?.({ path: "backingFile", start: offset, end: offset + bytes.length, value, field });
  return value;
}
