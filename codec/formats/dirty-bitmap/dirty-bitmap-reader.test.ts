import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytes } from "../../../test/construct-parts.ts";
import {
  bitmapStream,
  bitsChunk,
  type ChunkNames,
  chunkHead,
  completeChunk,
  startChunk,
  zeroesChunk,
} from "../../../test/dirty-bitmaps.ts";
import { concat } from "../../../test/streams.ts";
import { events, inPieces, inSteps, line, told } from "../../../test/told.ts";
import type { StreamEvent } from "../../index.ts";
import { createStreamReader } from "../stream/stream.ts";

const A = { node: "disk0", bitmap: "bm0" };
const SAME: ChunkNames = {};
/** One word of bits and its padding. */
const WORD = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0x81 : i === 7 ? 0x80 : 0));

const chunksOf = (all: readonly StreamEvent[]) =>
  all.flatMap((event) => {
    if (event.kind !== "dirty-bitmap-chunk") return [];
    const { kind: _, offset: __, ...chunk } = event;
    return [chunk];
  });
const rulesOf = (all: readonly StreamEvent[]) =>
  all.flatMap((event) => (event.kind === "finding" ? event.finding.rule : []));

/** A bitmap of 512-byte granules on a disk of 100 sectors. */
const SMALL = bitmapStream(
  [startChunk(A, 512, 3)],
  [bitsChunk(A, 0, 64, WORD), zeroesChunk(SAME, 64, 36)],
  [],
  [completeChunk()],
);

const start = { ...A, what: "start", granularity: 512, enabled: true, persistent: false, autoload: false };
const range = (startSector: number, sectorCount: number, placed = true) => ({
  startSector: BigInt(startSector),
  sectorCount,
  placed,
});
const WORD_HEX = `81${"00".repeat(6)}80${"00".repeat(24)}`;

describe("dirty-bitmap sections", () => {
  it("tell each chunk, with the names it inherits", () => {
    const all = events(SMALL);
    expect(chunksOf(all)).toEqual([
      { ...start, persistent: true },
      { ...A, what: "bits", ...range(0, 64), bits: WORD_HEX },
      { ...A, what: "zeroes", ...range(64, 36) },
      { ...A, what: "complete" },
    ]);
    expect(rulesOf(all)).toEqual([]);
    const sections = all.flatMap((event) => (event.kind === "section" ? event.section.understood : []));
    expect(sections.slice(0, 4)).toEqual(["decoded", "decoded", "decoded", "decoded"]);
  });

  it("may hold several bitmaps and nodes, whose chunks alternate", () => {
    const [b, c] = [
      { node: "disk0", bitmap: "bm1" },
      { node: "disk1", bitmap: "bm1" },
    ];
    const all = events(
      bitmapStream(
        [startChunk(A, 512), startChunk({ bitmap: "bm1" }, 65536, 0), startChunk({ node: "disk1" }, 4096, 2)],
        [zeroesChunk(A, 0, 64), zeroesChunk({ bitmap: "bm1" }, 0, 64), zeroesChunk(c, 0, 64)],
        [zeroesChunk(A, 64, 64), completeChunk(b), completeChunk(c), completeChunk(A)],
      ),
    );
    expect(rulesOf(all)).toEqual([]);
    expect(chunksOf(all).map(({ node, bitmap, what }) => `${node} ${bitmap} ${what}`)).toEqual([
      ...["disk0 bm0 start", "disk0 bm1 start", "disk1 bm1 start"],
      ...["disk0 bm0 zeroes", "disk0 bm1 zeroes", "disk1 bm1 zeroes"],
      ...["disk0 bm0 zeroes", "disk0 bm1 complete", "disk1 bm1 complete", "disk0 bm0 complete"],
    ]);
  });

  it("keep names of 255 bytes, and of bytes that are no UTF-8", () => {
    const names = { node: "n".repeat(255), bitmap: "\udcff\udc80é" };
    const all = events(bitmapStream([startChunk(names, 512)], [zeroesChunk(SAME, 0, 64), completeChunk()]));
    expect(rulesOf(all)).toEqual([]);
    expect(chunksOf(all)[2]).toEqual({ ...names, what: "complete" });
  });

  it("may have EOS in their last chunk", () => {
    const last = concat(chunkHead(0x41 | 0x02, SAME), bytes("00 00 00 00 00 00 00 00 00 00 00 40"));
    const data = bitmapStream([startChunk(A, 512)], [], [completeChunk(A)]);
    const part = bytes("02 00 00 00 09");
    const at = data.findIndex((_, i) => part.every((byte, j) => data[i + j] === byte)) + part.length;
    const all = events(concat(data.subarray(0, at), last, data.subarray(at + 1)));
    expect(rulesOf(all)).toEqual([]);
    expect(chunksOf(all)[1]).toEqual({ ...A, what: "zeroes", ...range(0, 64) });
  });

  it.each([
    ["two bytes", "80 20", []],
    ["four bytes", "80 80 00 20", []],
    ["two bytes, unknown flags", "81 20", ["DIRTY_BITMAP_FLAGS_KNOWN"]],
    ["four bytes, unknown flags", "80 80 80 20", ["DIRTY_BITMAP_FLAGS_KNOWN"]],
    ["four bytes, the last with EXTRA_FLAGS", "80 80 00 a0", ["DIRTY_BITMAP_FLAGS_KNOWN"]],
  ])("may have flags in %s", (_, flags, rules) => {
    const all = events(bitmapStream([startChunk(A, 512)], [zeroesChunk(SAME, 0, 64), bytes(flags)]));
    expect(rulesOf(all)).toEqual(rules);
    expect(chunksOf(all)[2]).toEqual({ ...A, what: "complete" });
  });
});

describe("whatever the input", () => {
  const everything = { spans: true };
  it("tells the same when cut in two anywhere, and byte by byte", () => {
    const plain = told(SMALL, inPieces(), everything);
    expect(told(SMALL, inSteps(1), everything)).toEqual(plain);
    for (let cut = 1; cut < SMALL.length; cut++)
      expect(told(SMALL, inPieces(cut), everything)).toEqual(plain);
  });

  it("tells of every prefix what it tells of the whole", () => {
    const chunks = chunksOf(events(SMALL)).map(line);
    for (let length = 0; length < SMALL.length - 1; length++) {
      const all = events(SMALL.subarray(0, length));
      const found = chunksOf(all).map(line);
      expect(found).toEqual(chunks.slice(0, found.length));
      expect(rulesOf(all)).toEqual(["STREAM_COMPLETE"]);
      expect(all.at(-1)).toMatchObject({ kind: "end", reason: "truncated" });
    }
  });

  it("ends when bytes are missing anywhere", () => {
    const places = fc.tuple(fc.nat(SMALL.length), fc.integer({ min: 1, max: 80 }));
    fc.assert(
      fc.property(places, ([at, count]) => {
        const all: StreamEvent[] = [];
        const reader = createStreamReader({ event: (event) => all.push(event) });
        reader.push(SMALL.subarray(0, at));
        reader.lose(Math.min(count, SMALL.length - at));
        reader.push(SMALL.subarray(at + count));
        reader.finish();
        expect(all.at(-1)?.kind).toBe("end");
      }),
      { numRuns: 400 },
    );
  });

  it("goes on behind bits of which some are missing", () => {
    const from = SMALL.findIndex((_, i) => WORD.every((byte, j) => SMALL[i + j] === byte)) + 1;
    const all: StreamEvent[] = [];
    const reader = createStreamReader({ event: (event) => all.push(event) });
    reader.push(SMALL.slice(0, from));
    reader.lose(9);
    reader.push(SMALL.slice(from + 9));
    reader.finish();
    expect(rulesOf(all)).toEqual([]);
    expect(chunksOf(all).map(({ what }) => what)).toEqual(["start", "bits", "zeroes", "complete"]);
    expect(chunksOf(all)[1]).toMatchObject({ bits: null });
  });
});
