import { read, type Span } from "../../layout/index.ts";
import {
  FEATURE,
  HEADER_2,
  HEADER_3,
  KNOWN_INCOMPATIBLE,
  LAZY_REFCOUNTS,
  QCOW2_MAGIC,
  Qcow2Header,
  Qcow2HeaderCompression,
  Qcow2HeaderPart3,
} from "./qcow2.ts";
import { checkHeader, type HeaderFields, hasFeature } from "./qcow2-checks.ts";
import type { Qcow2Facts, Qcow2Image } from "./qcow2-image.ts";
import { hasBit } from "./qcow2-mapping.ts";
import { type Notes, note, noteEnd, tracing } from "./qcow2-notes.ts";
import { bytesAt, type RandomAccess } from "./random-access.ts";
import { featureNames, readBackingName, readExtensions } from "./read-extensions.ts";
import { readSnapshotTable } from "./read-snapshots.ts";

const COMPRESSION_TYPE = 8;

export interface Qcow2Options {
  /** Bytes of the file. */
  readonly size: number;
  /** Every field of header, extensions and snapshot table; not in the order of the file. */
  readonly span?: (span: Span) => void;
}

/** Reads header, extensions and snapshot table of a qcow2 image. Never throws on bad input. */
export function* readQcow2({ size, span }: Qcow2Options): RandomAccess<Qcow2Image> {
  const notes: Notes = { size, findings: [], span };
  const head = yield* bytesAt(0, HEADER_3 + COMPRESSION_TYPE);
  const header = readHeader(notes, head);
  const nothing = { size, facts: null, snapshots: [], readable: false, findings: notes.findings };
  if (!header) return nothing;
  const usable = checkHeader(notes, header);
  if (!usable) return nothing;
  const extensions = yield* readExtensions(notes, header);
  const backingFile = yield* readBackingName(notes, header);
  const facts = factsOf(header, {
    dataFile: extensions.dataFile,
    backingFile,
    backingFormat: extensions.backingFormat,
    unknownFeatures: featureNames(header, extensions.names),
  });
  const readable = judge(notes, facts, header);
  const snapshots =
    facts.unknownFeatures.length > 0 ? [] : yield* readSnapshotTable(notes, facts, header.main);
  return { size, facts, snapshots, readable, findings: notes.findings };
}

function readHeader(notes: Notes, head: Uint8Array): HeaderFields | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const magic = head.length >= 4 ? view.getUint32(0) : QCOW2_MAGIC;
  if (magic !== QCOW2_MAGIC) {
    const args = { expected: hex(QCOW2_MAGIC), found: hex(magic) };
    note(notes, "QCOW2_HEADER_SOUND", "error", "Qcow2Header.magic", 0, args);
    return undefined;
  }
  const version = head.length >= 8 ? view.getUint32(4) : 2;
  if (version !== 2 && version !== 3) {
    const args = { expected: "2 or 3", found: version };
    note(notes, "QCOW2_VERSION_SUPPORTED", "error", "Qcow2Header.version", 4, args);
    return undefined;
  }
  const length = version === 2 ? HEADER_2 : HEADER_3;
  if (head.length < length) {
    noteEnd(notes, "the header", "", 0, length);
    return undefined;
  }
  const main = read(Qcow2Header, head, tracing(notes, 0)).value;
  if (version === 2) return { main, headerLength: HEADER_2, compressionType: 0 };
  const part3 = read(Qcow2HeaderPart3, head, { at: HEADER_2, ...tracing(notes, 0) }).value;
  const { headerLength } = part3;
  if (headerLength < HEADER_3 + COMPRESSION_TYPE) return { main, part3, headerLength, compressionType: 0 };
  if (head.length < HEADER_3 + COMPRESSION_TYPE) {
    noteEnd(notes, "the header", "", 0, headerLength);
    return undefined;
  }
  const { compressionType } = read(Qcow2HeaderCompression, head, {
    at: HEADER_3,
    ...tracing(notes, 0),
  }).value;
  return { main, part3, headerLength, compressionType };
}

type Names = Pick<Qcow2Facts, "dataFile" | "backingFile" | "backingFormat" | "unknownFeatures">;

function factsOf(header: HeaderFields, names: Names): Qcow2Facts {
  const { main, part3, headerLength, compressionType } = header;
  return {
    version: main.version,
    clusterSize: 2 ** main.clusterBits,
    virtualSize: main.size,
    refcountBits: 2 ** (part3?.refcountOrder ?? 4),
    headerLength,
    encryption: (["none", "aes", "luks"] as const)[main.cryptMethod] ?? "unknown",
    compression: (["zlib", "zstd"] as const)[compressionType] ?? "unknown",
    extendedL2: hasFeature(header, FEATURE.extendedL2),
    lazyRefcounts: hasBit(part3?.compatible ?? 0, LAZY_REFCOUNTS),
    dirty: hasFeature(header, FEATURE.dirty),
    corrupt: hasFeature(header, FEATURE.corrupt),
    externalData: hasFeature(header, FEATURE.dataFile),
    ...names,
  };
}

/** Says what the image has that keeps its VM states from being read, or should be known about it. */
function judge(notes: Notes, facts: Qcow2Facts, { part3, main }: HeaderFields): boolean {
  const at = HEADER_2;
  const subject = "Qcow2HeaderPart3.incompatible";
  const unknown = facts.unknownFeatures;
  if (unknown.length > 0) {
    const found = unknown.slice(0, 8).join(", ");
    const args = { expected: `bits of ${hex(KNOWN_INCOMPATIBLE)}`, found };
    note(notes, "QCOW2_FEATURES_SUPPORTED", "error", subject, part3?.incompatibleHigh ? at : at + 4, args);
  }
  if (facts.compression === "unknown")
    note(notes, "QCOW2_FEATURES_SUPPORTED", "error", "Qcow2HeaderCompression.compressionType", HEADER_3, {
      expected: "zlib or zstd",
      found: "another compression",
    });
  if (facts.externalData)
    note(notes, "QCOW2_DATA_INTERNAL", "error", subject, at + 4, { found: facts.dataFile ?? "" });
  if (facts.encryption !== "none")
    note(notes, "QCOW2_NOT_ENCRYPTED", "error", "Qcow2Header.cryptMethod", 32, {
      expected: "none",
      found: facts.encryption === "unknown" ? `method ${main.cryptMethod}` : facts.encryption.toUpperCase(),
    });
  if (facts.corrupt) note(notes, "QCOW2_MARKED_CORRUPT", "warning", subject, at + 4);
  if (facts.dirty) note(notes, "QCOW2_MARKED_DIRTY", "note", subject, at + 4);
  return unknown.length === 0 && !facts.externalData && facts.encryption === "none";
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
