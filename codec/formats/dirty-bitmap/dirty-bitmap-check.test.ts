import { describe, expect, it } from "vitest";
import {
  bitmapStream,
  bitsChunk,
  type ChunkNames,
  chunkHead,
  completeChunk,
  startChunk,
  zeroesChunk,
} from "../../../test/dirty-bitmaps.ts";
import { mutate } from "../../../test/mutate.ts";
import { concat } from "../../../test/streams.ts";
import { events, inPieces, inSteps, mulberry32, told } from "../../../test/told.ts";
import type { StreamEvent } from "../../index.ts";

const A = { node: "disk0", bitmap: "bm0" };
const SAME: ChunkNames = {};
const words = (count: number) => new Uint8Array(8 * count).fill(0x11);
const WORD = words(4);
const SOUND = whole(bitsChunk(SAME, 0, 64, WORD), zeroesChunk(SAME, 64, 36));

const rulesOf = (all: readonly StreamEvent[]) =>
  all.flatMap((event) => (event.kind === "finding" ? event.finding.rule : []));

const remarked: readonly (readonly [what: string, data: Uint8Array, ...rules: readonly string[]])[] = [
  ["a version other than 1", SOUND.with(SOUND.indexOf(1, 39), 2), "DIRTY_BITMAP_VERSION_SUPPORTED"],
  ["chunks without names", bitmapStream([startChunk(SAME, 512)], []), "DIRTY_BITMAP_NAMED"],
  [
    "a chunk without a bitmap's name",
    bitmapStream([startChunk({ node: "n" }, 512)], []),
    "DIRTY_BITMAP_NAMED",
  ],
  [
    "an empty name",
    bitmapStream([startChunk({ node: "", bitmap: "b" }, 512)], [completeChunk()]),
    "DIRTY_BITMAP_NAMED",
  ],
  ["a bitmap that was never started", bitmapStream([], [completeChunk(A)]), "DIRTY_BITMAP_STARTED"],
  [
    "bits of a bitmap that was never started",
    bitmapStream([], [bitsChunk(A, 0, 64, WORD)]),
    "DIRTY_BITMAP_STARTED",
  ],
  ["a bitmap never completed", bitmapStream([startChunk(A, 512)], []), "DIRTY_BITMAP_COMPLETED"],
  ["a bitmap started twice", whole(startChunk(A, 512)), "DIRTY_BITMAP_UNIQUE"],
  [
    "bits after COMPLETE",
    whole(completeChunk(), zeroesChunk(SAME, 0, 64)),
    "DIRTY_BITMAP_OPEN",
    "DIRTY_BITMAP_OPEN",
  ],
  [
    "reserved flags",
    bitmapStream([startChunk(A, 512, 9)], [completeChunk()]),
    "DIRTY_BITMAP_START_FLAGS_KNOWN",
  ],
  ["a granularity of 0", granules(0), "DIRTY_BITMAP_GRANULARITY_SOUND"],
  ["a granularity of 256", granules(256), "DIRTY_BITMAP_GRANULARITY_SOUND"],
  ["a granularity of 513", granules(513), "DIRTY_BITMAP_GRANULARITY_SOUND"],
  ["a granularity of 2^32 - 1", granules(0xffffffff), "DIRTY_BITMAP_GRANULARITY_SOUND"],
  ["a granularity of 2^31", granules(2 ** 31)],
  [
    "several kinds at once",
    whole(concat(chunkHead(0x60, SAME))),
    "DIRTY_BITMAP_FLAGS_KNOWN",
    "DIRTY_BITMAP_OPEN",
  ],
  ["a start within a word", whole(zeroesChunk(SAME, 3, 64)), "DIRTY_BITMAP_RANGE_SOUND"],
  [
    "sectors behind the end of the disk",
    whole(zeroesChunk(SAME, 0, 70), zeroesChunk(SAME, 64, 64)),
    "DIRTY_BITMAP_RANGE_SOUND",
  ],
  [
    "half a word before the end",
    whole(zeroesChunk(SAME, 0, 128), zeroesChunk(SAME, 0, 70)),
    "DIRTY_BITMAP_RANGE_SOUND",
  ],
  ["sectors beyond 8 PiB", whole(bitsChunk(SAME, 2 ** 44, 64, WORD)), "DIRTY_BITMAP_RANGE_SOUND"],
  ["sectors beyond 2^64 bytes", whole(bitsChunk(SAME, 2n ** 64n - 1n, 64, WORD)), "DIRTY_BITMAP_RANGE_SOUND"],
  ["more bits than QEMU counts", whole(zeroesChunk(SAME, 2 ** 41, 64)), "DIRTY_BITMAP_RANGE_SOUND"],
  ["a gap", whole(zeroesChunk(SAME, 64, 64)), "DIRTY_BITMAP_CONTIGUOUS"],
  ["a repetition", whole(zeroesChunk(SAME, 0, 64), zeroesChunk(SAME, 0, 64)), "DIRTY_BITMAP_CONTIGUOUS"],
  ["no sectors", whole(bitsChunk(SAME, 0, 0, words(0)))],
  ["bits without padding", whole(bitsChunk(SAME, 0, 64, words(1)))],
  ["bits padded as on a 32-bit host", whole(bitsChunk(SAME, 0, 64, words(2)))],
  ["too few bits", whole(bitsChunk(SAME, 0, 128, words(1))), "DIRTY_BITMAP_BUFFER_FITS"],
  ["too many bits", whole(bitsChunk(SAME, 0, 64, words(5))), "DIRTY_BITMAP_BUFFER_FITS"],
  ["bits of no sectors", whole(bitsChunk(SAME, 0, 0, words(1))), "DIRTY_BITMAP_BUFFER_FITS"],
  ["10240 bytes of bits", whole(bitsChunk(SAME, 0, 81920, words(1280)))],
  ["10272 bytes of bits", whole(bitsChunk(SAME, 0, 82176, words(1284))), "DIRTY_BITMAP_BUFFER_BOUNDED"],
  ["flags without a content", whole(Uint8Array.of(0)), "STREAM_WELL_FORMED"],
  [
    "a length that nothing accounts for",
    whole(bitsChunk(SAME, 0, 64, words(1281))),
    "STREAM_WELL_FORMED",
    "STREAM_RESUMED",
  ],
];

/** One bitmap of 512-byte granules with these chunks between its START and its COMPLETE. */
function whole(...chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return bitmapStream([startChunk(A, 512)], chunks, [completeChunk()]);
}

function granules(granularity: number): Uint8Array<ArrayBuffer> {
  return bitmapStream([startChunk(A, granularity)], [zeroesChunk(SAME, 0, 64)], [completeChunk()]);
}

describe("what is remarked on", () => {
  const cases = remarked.map(([what, data, ...rules]) => ({ what, data, rules }));
  const small = cases.filter(({ data }) => data.length < 2000).map(({ data }) => data);

  it.each(cases)("$what", ({ data, rules }) => {
    const all = events(data);
    // A bitmap that is damaged half way is not complete either, but that is no news.
    expect(rulesOf(all).filter((rule) => rule !== "DIRTY_BITMAP_COMPLETED" || rules.includes(rule))).toEqual(
      rules,
    );
    expect(all.at(-1)).toMatchObject({ kind: "end", reason: "eof", offset: data.length });
  });

  it("is the same when cut in two anywhere, and byte by byte", () => {
    for (const data of small) {
      const plain = told(data, inPieces());
      expect(told(data, inSteps(1))).toEqual(plain);
      for (let cut = 1; cut < data.length; cut++) expect(told(data, inPieces(cut))).toEqual(plain);
    }
  });

  it("ends after any mutation", () => {
    const random = mulberry32(7);
    for (let run = 0; run < 3000; run++) {
      const data = mutate(small[run % small.length] ?? SOUND, random);
      expect(events(data).at(-1)?.kind).toBe("end");
    }
  });
});
