import { describe, expect, it } from "vitest";
import { buildQcow2, type ImageOptions, sourceOf } from "../../../test/qcow2.ts";
import type { Span } from "../../layout/index.ts";
import { answer } from "./random-access.ts";
import { readQcow2 } from "./read-qcow2.ts";

const encoder = new TextEncoder();
const state = Uint8Array.from({ length: 1300 }, (_, i) => (i * 7 + 1) % 251);

function open(bytes: Uint8Array, span?: (span: Span) => void) {
  const options = { size: bytes.length, ...(span ? { span } : {}) };
  return answer(readQcow2(options), sourceOf(bytes).read);
}

function rules(bytes: Uint8Array): string[] {
  return open(bytes).findings.map(({ rule, level }) => `${level} ${rule}`);
}

/** The image with one number changed. */
function changed(options: ImageOptions, at: number, value: number, width: 1 | 2 | 4 = 4): Uint8Array {
  const bytes = buildQcow2(options);
  const view = new DataView(bytes.buffer);
  if (width === 4) view.setUint32(at, value);
  else if (width === 2) view.setUint16(at, value);
  else view.setUint8(at, value);
  return bytes;
}

const one = { snapshots: [{ state, name: "before-upgrade" }] };
/** Where the snapshot table of `one` is. */
const TABLE = new DataView(buildQcow2(one).buffer).getUint32(68);

describe("readQcow2", () => {
  it("tells header and snapshots", () => {
    const { facts, snapshots, findings, readable } = open(
      buildQcow2({
        snapshots: [
          { state, id: "7", name: "naïve" },
          { state: new Uint8Array(0), name: "disk only" },
        ],
        backingFile: "base.img",
        extensions: [
          [0xe2792aca, encoder.encode("raw")],
          [0x12345678, new Uint8Array(5)],
        ],
      }),
    );
    expect(findings).toEqual([]);
    expect(readable).toBe(true);
    expect(facts).toEqual({
      version: 3,
      clusterSize: 512,
      virtualSize: 1024n,
      refcountBits: 16,
      headerLength: 112,
      encryption: "none",
      compression: "zlib",
      extendedL2: false,
      lazyRefcounts: false,
      dirty: false,
      corrupt: false,
      externalData: false,
      dataFile: null,
      backingFile: "base.img",
      backingFormat: "raw",
      unknownFeatures: [],
    });
    expect(snapshots).toMatchObject([
      {
        index: 0,
        id: "7",
        name: "naïve",
        date: "2023-11-14T22:13:20.005000000Z",
        vmClock: 3_000_000_000n,
        vmStateSize: 1300,
        diskSize: 1024n,
        icount: null,
      },
      { index: 1, id: "2", name: "disk only", vmStateSize: 0 },
    ]);
  });

  it("reads version 2 without extra data", () => {
    const { facts, snapshots, findings } = open(
      buildQcow2({ version: 2, snapshots: [{ state, extra: 0 }], virtualSize: 2048n }),
    );
    expect(findings).toEqual([]);
    expect(facts).toMatchObject({ version: 2, headerLength: 72, refcountBits: 16 });
    expect(snapshots).toMatchObject([{ vmStateSize: 1300, diskSize: 2048n, icount: null }]);
  });

  it("reads sizes of 64 bits", () => {
    const size = 6n * 2n ** 30n;
    const disk = 3n * 2n ** 40n;
    const options = { snapshots: [{ state, size }], clusterBits: 16, virtualSize: disk };
    const { snapshots, findings } = open(buildQcow2(options));
    expect(findings).toEqual([]);
    expect(snapshots).toMatchObject([{ vmStateSize: 6 * 2 ** 30, diskSize: disk }]);
  });

  it("keeps what QEMU shows of an id and a name", () => {
    const { snapshots } = open(
      buildQcow2({ snapshots: [{ state, id: "i".repeat(3000), name: "n".repeat(60_000) }] }),
    );
    expect(snapshots[0]?.id).toBe("i".repeat(127));
    expect(snapshots[0]?.name).toBe("n".repeat(255));
  });

  it("traces every field once", () => {
    const spans: Span[] = [];
    const bytes = buildQcow2({ ...one, extensions: [[0x44415441, encoder.encode("data")]] });
    open(bytes, (span) => spans.push(span));
    const sorted = spans.toSorted((a, b) => a.start - b.start);
    for (const [i, span] of sorted.entries())
      expect(span.start, span.path).toBeGreaterThanOrEqual(sorted[i - 1]?.end ?? 0);
    expect(spans.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        "Qcow2Header.clusterBits",
        "Qcow2HeaderPart3.incompatible",
        "extensions[0].Qcow2HeaderExtension.type",
        "extensions[0].name",
        "snapshots[0].Qcow2SnapshotEntry.l1TableOffset",
        "snapshots[0].Qcow2SnapshotExtra.diskSize",
        "snapshots[0].name",
      ]),
    );
  });
});

const featureName = new Uint8Array(48);
featureName.set([0, 40, ...encoder.encode("time travel")]);

const remarked: [what: string, bytes: Uint8Array, expected: string[]][] = [
  ["nothing at all", new Uint8Array(0), ["error QCOW2_FILE_COMPLETE"]],
  ["another magic", changed(one, 0, 0x51455645), ["error QCOW2_HEADER_SOUND"]],
  ["the old qcow format", changed(one, 4, 1), ["error QCOW2_VERSION_SUPPORTED"]],
  ["a version to come", changed(one, 4, 4), ["error QCOW2_VERSION_SUPPORTED"]],
  ["clusters of 256 bytes", changed(one, 20, 8), ["error QCOW2_HEADER_SOUND"]],
  ["clusters of 4 MiB", changed(one, 20, 22), ["error QCOW2_HEADER_SOUND"]],
  ["clusters without end", changed(one, 20, 0xffffffff), ["error QCOW2_HEADER_SOUND"]],
  ["subclusters of 16 bytes", buildQcow2({ ...one, incompatible: 16 }), ["error QCOW2_HEADER_SOUND"]],
  ["an L1 table without end", changed(one, 36, 0xffffffff), ["error QCOW2_HEADER_SOUND"]],
  ["an L1 table of nothing", changed(one, 36, 0), ["error QCOW2_HEADER_SOUND"]],
  ["an L1 table askew", changed(one, 44, 3), ["error QCOW2_HEADER_SOUND"]],
  ["no refcounts", changed(one, 56, 0), ["error QCOW2_HEADER_SOUND"]],
  ["refcounts of 128 bits", changed(one, 96, 7), ["error QCOW2_HEADER_SOUND"]],
  ["a header of 100 bytes", changed(one, 100, 100), ["error QCOW2_HEADER_SOUND"]],
  ["a header longer than its cluster", changed(one, 100, 520), ["error QCOW2_HEADER_SOUND"]],
  ["a compression without its bit", changed(one, 104, 1, 1), ["error QCOW2_HEADER_SOUND"]],
  ["a bit without its compression", buildQcow2({ ...one, incompatible: 8 }), ["error QCOW2_HEADER_SOUND"]],
  [
    "an unknown compression",
    buildQcow2({ ...one, incompatible: 8, compressionType: 9 }),
    ["error QCOW2_FEATURES_SUPPORTED"],
  ],
  ["a backing file in the next cluster", changed(one, 12, 600), ["error QCOW2_HEADER_SOUND"]],
  [
    "a backing file with a long name",
    changed({ ...one, backingFile: "base" }, 16, 0xffffffff),
    ["error QCOW2_HEADER_SOUND"],
  ],
  [
    "an extension without end",
    changed({ ...one, extensions: [[7, new Uint8Array(4)]] }, 116, 0xffffffff),
    ["error QCOW2_HEADER_SOUND"],
  ],
  [
    "an unknown feature",
    changed({ ...one, extensions: [[0x6803f857, featureName]] }, 72, 0x100),
    ["error QCOW2_FEATURES_SUPPORTED"],
  ],
  ["an external data file", buildQcow2({ ...one, incompatible: 4 }), ["error QCOW2_DATA_INTERNAL"]],
  ["AES", buildQcow2({ ...one, cryptMethod: 1 }), ["error QCOW2_NOT_ENCRYPTED"]],
  ["LUKS", buildQcow2({ ...one, cryptMethod: 2 }), ["error QCOW2_NOT_ENCRYPTED"]],
  ["a cipher to come", buildQcow2({ ...one, cryptMethod: 3 }), ["error QCOW2_NOT_ENCRYPTED"]],
  ["the dirty bit", buildQcow2({ ...one, incompatible: 1 }), ["note QCOW2_MARKED_DIRTY"]],
  ["the corrupt bit", buildQcow2({ ...one, incompatible: 2 }), ["warning QCOW2_MARKED_CORRUPT"]],
  ["no snapshots", buildQcow2(), ["error QCOW2_HAS_VMSTATE"]],
  ["no VM state", buildQcow2({ snapshots: [{ state: new Uint8Array(0) }] }), ["error QCOW2_HAS_VMSTATE"]],
  ["too many snapshots", changed(one, 60, 65_537), ["error QCOW2_SNAPSHOT_TABLE_SOUND"]],
  ["more snapshots than there are", changed(one, 60, 9), ["error QCOW2_FILE_COMPLETE"]],
  ["a snapshot table askew", changed(one, 68, TABLE + 8), ["error QCOW2_SNAPSHOT_TABLE_SOUND"]],
  ["a snapshot table behind the file", changed(one, 64, 1), ["error QCOW2_FILE_COMPLETE"]],
  ["a snapshot table beyond all files", changed(one, 64, 0xffffffff), ["error QCOW2_SNAPSHOT_TABLE_SOUND"]],
  ["extra data without end", changed(one, TABLE + 36, 0xffffffff), ["error QCOW2_FILE_COMPLETE"]],
  ["an L1 table of the snapshot askew", changed(one, TABLE + 4, 1), ["error QCOW2_SNAPSHOT_TABLE_SOUND"]],
  ["one without end", changed(one, TABLE + 8, 0xffffffff), ["error QCOW2_SNAPSHOT_TABLE_SOUND"]],
  ["a VM state without end", changed(one, TABLE + 40, 0xffffffff), ["error QCOW2_SNAPSHOT_TABLE_SOUND"]],
  ["a disk without end", changed(one, TABLE + 48, 0xffffffff), ["error QCOW2_SNAPSHOT_TABLE_SOUND"]],
  [
    "extra data too short",
    buildQcow2({ snapshots: [{ state, extra: 8 }] }),
    ["warning QCOW2_SNAPSHOT_TABLE_SOUND"],
  ],
  [
    "extra data too long",
    buildQcow2({ snapshots: [{ state, extra: 1032 }] }),
    ["error QCOW2_SNAPSHOT_TABLE_SOUND"],
  ],
];

describe("a qcow2 image with", () => {
  it.each(remarked)("%s", (_, bytes, expected) => {
    expect(rules(bytes)).toEqual(expected);
  });

  it("an unknown feature is told by its name, and read no further", () => {
    const bytes = changed({ ...one, extensions: [[0x6803f857, featureName]] }, 72, 0x300);
    const { facts, snapshots, readable } = open(bytes);
    expect(facts?.unknownFeatures).toEqual(["time travel", "bit 41"]);
    expect(snapshots).toEqual([]);
    expect(readable).toBe(false);
  });

  it("an external data file is told by its name", () => {
    const extensions = [[0x44415441, encoder.encode("data.raw")]] as const;
    const { facts, findings, readable } = open(buildQcow2({ incompatible: 4, extensions }));
    expect(facts).toMatchObject({ externalData: true, dataFile: "data.raw" });
    expect(findings).toMatchObject([{ rule: "QCOW2_DATA_INTERNAL", args: { found: "data.raw" } }]);
    expect(readable).toBe(false);
  });

  it("encryption lists its snapshots", () => {
    const { snapshots, readable } = open(buildQcow2({ ...one, cryptMethod: 2 }));
    expect(snapshots).toMatchObject([{ name: "before-upgrade" }]);
    expect(readable).toBe(false);
  });
});
