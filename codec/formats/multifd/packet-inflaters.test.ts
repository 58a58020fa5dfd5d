import { once } from "node:events";
import { constants, createDeflate, deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { loadMultifdFile, words } from "../../../test/multifd.ts";
import { concat } from "../../../test/streams.ts";
import { mulberry32 } from "../../../test/told.ts";
import { createZlibInflater, InflateError, type PacketInflater, zstdInflaters } from "../inflate.ts";
import { createBlockGuard } from "./zstd-block.ts";

const MIB = 1 << 20;
const SYNC_FLUSH = { finishFlush: constants.Z_SYNC_FLUSH };

function inflate(inflater: PacketInflater, bytes: Uint8Array, step = bytes.length): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += step)
    inflater.push(bytes.slice(at, at + step), (piece) => pieces.push(piece.slice()));
  return concat(...pieces);
}

/** Packets of one zlib stream, each flushed. */
async function zlibPackets(contents: readonly Uint8Array[], level: number): Promise<Uint8Array[]> {
  const stream = createDeflate({ level });
  const packets: Uint8Array[] = [];
  for (const content of contents) {
    const parts: Uint8Array[] = [];
    const gather = (part: Uint8Array) => parts.push(part);
    stream.on("data", gather);
    stream.write(content);
    await new Promise<void>((done) => stream.flush(constants.Z_SYNC_FLUSH, done));
    stream.off("data", gather);
    packets.push(concat(...parts));
  }
  stream.end();
  stream.resume();
  await once(stream, "end");
  return packets;
}

function noise(length: number, seed: number): Uint8Array {
  const random = mulberry32(seed);
  return Uint8Array.from({ length }, () => random() * 256);
}

const contents = [
  words(4096),
  new Uint8Array(4096),
  noise(300_000, 1),
  words(500_000).subarray(100_000),
  Uint8Array.of(1),
  words(4096),
];

describe("the zlib inflater", () => {
  it.each([0, 1, 6, 9])("has given all of a packet of level %i at its end", async (level) => {
    for (const step of [undefined, 1000, 61]) {
      const inflater = createZlibInflater();
      for (const [i, packet] of (await zlibPackets(contents, level)).entries())
        expect(Buffer.compare(inflate(inflater, packet, step), contents[i] ?? new Uint8Array(0))).toBe(0);
    }
  });

  it("says when the stream is damaged", () => {
    expect(() => inflate(createZlibInflater(), new Uint8Array(100).fill(0xff))).toThrow(InflateError);
  });

  it("gives little at a time, however much there is", () => {
    const bomb = deflateSync(new Uint8Array(64 * MIB), SYNC_FLUSH);
    let most = 0;
    expect(() =>
      createZlibInflater().push(bomb, (piece) => {
        most = piece.length;
        throw new Error("enough");
      }),
    ).toThrow("enough");
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(5 * MIB);
  });
});

const HEADER = [0x28, 0xb5, 0x2f, 0xfd, 0x00];
/** Windows of 64 KiB, 2 MiB and 32 MiB. */
const SMALL = 0x30;
const USUAL = 0x58;
const LARGE = 0x78;
const RAW = 0;
const RLE = 1;
const frame = (window = SMALL) => Uint8Array.from([...HEADER, window]);
const block = (type: number, size: number, body: Uint8Array, last = 0) => {
  const head = size * 8 + type * 2 + last;
  return concat(Uint8Array.of(head % 256, Math.floor(head / 256) % 256, Math.floor(head / 65536)), body);
};
const raw = (body: Uint8Array) => block(RAW, body.length, body);
const rle = (count: number, byte: number) => block(RLE, count, Uint8Array.of(byte));
const LEVELS = [1, 3, 12, 19];

/** A frame of the command line tool as QEMU would have made it: it does not end. */
function unended(level: number): { readonly bytes: Uint8Array; readonly blocks: readonly Uint8Array[] } {
  const bytes = loadMultifdFile(`zstd-level-${level}.zst`);
  const blocks: Uint8Array[] = [];
  for (let at = 6; at < bytes.length; ) {
    const head = (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256 + (bytes[at + 2] ?? 0) * 65536;
    const end = at + 3 + ((head >> 1) % 4 === RLE ? 1 : head >> 3);
    bytes[at] = head & 0xfe;
    blocks.push(bytes.subarray(at, end));
    at = end;
  }
  return { bytes, blocks };
}

describe("the zstd inflater", () => {
  it.each(LEVELS)("gives what level %i made of it", (level) => {
    const { bytes } = unended(level);
    for (const step of [undefined, 1000, 1])
      expect(Buffer.compare(inflate(zstdInflaters()(), bytes, step), words(40_000))).toBe(0);
  });

  it("has given all of a packet at its end, however short", () => {
    const inflater = zstdInflaters()();
    const packets = [
      concat(frame(), rle(4096, 5)),
      rle(1, 6),
      raw(Uint8Array.of(1, 2, 3)),
      raw(new Uint8Array(0)),
      rle(2, 7),
    ];
    const given = packets.map((packet) => inflate(inflater, packet));
    expect(given.map(({ length }) => length)).toEqual([4096, 1, 3, 0, 2]);
    expect(given.map(([first]) => first)).toEqual([5, 6, 1, undefined, 7]);
  });

  it("keeps nothing of what it has used", () => {
    const inflater = zstdInflaters()();
    inflate(inflater, frame());
    for (let i = 0; i < 20_000; i++) expect(inflate(inflater, rle(1, i % 256))[0]).toBe(i % 256);
  });

  it.each([
    ["no frame", new Uint8Array(20)],
    ["a skippable frame", Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4)],
    ["a frame with a dictionary", Uint8Array.from([...HEADER.slice(0, 4), 0x01, SMALL, 7, 0, 0, 0, 0])],
    ["a frame of one segment", Uint8Array.from([...HEADER.slice(0, 4), 0x20, 5, 0, 0, 0])],
    ["a block too long", concat(frame(), block(RAW, 70_000, new Uint8Array(9)))],
    ["a repetition too long", concat(frame(), rle(70_000, 1))],
    ["a block of unknown type", concat(frame(), block(3, 1, Uint8Array.of(1)))],
    ["the end of the frame", concat(frame(), block(RAW, 1, Uint8Array.of(1), 1))],
    ["a block of noise", concat(frame(), block(2, 200, noise(200, 3)))],
  ])("refuses %s", (_, bytes) => {
    expect(() => inflate(zstdInflaters()(), bytes)).toThrow(InflateError);
  });

  it("shares the memory for windows among channels", () => {
    const create = zstdInflaters(34 * MIB);
    inflate(create(), frame(LARGE));
    inflate(create(), frame(USUAL));
    expect(() => inflate(create(), frame(USUAL))).toThrow(/window of 2097152 bytes/);
    expect(() => inflate(zstdInflaters()(), frame(0xff))).toThrow(/window/);
  });

  it("gives a block at a time, however much there is", () => {
    const bomb = concat(frame(), ...Array.from({ length: 100 }, () => rle(65_536, 1)));
    let calls = 0;
    expect(() =>
      zstdInflaters()().push(bomb, () => {
        calls++;
        throw new Error("enough");
      }),
    ).toThrow("enough");
    expect(calls).toBe(1);
  });

  it.each(LEVELS)("survives any change to level %i", (level) => {
    const { bytes } = unended(level);
    const random = mulberry32(level);
    for (let run = 0; run < 300; run++) {
      const bad = bytes.slice();
      for (let i = 0; i <= run % 3; i++) bad[Math.floor(random() * bad.length)] = random() * 256;
      try {
        expect(inflate(zstdInflaters()(), bad).length).toBeLessThanOrEqual(bad.length * 131_072);
      } catch (error) {
        expect(error).toBeInstanceOf(InflateError);
      }
    }
  });
});

describe("the guard before zstd blocks", () => {
  const MOST = 131_072;

  it.each(LEVELS)("knows what the blocks of level %i make", (level) => {
    const guard = createBlockGuard();
    const { blocks } = unended(level);
    const made = blocks.map((bytes) => guard(bytes.subarray(3), MOST));
    expect(made.reduce((sum, length) => sum + length, 0)).toBe(40_000);
  });

  /** No literals; 98,047 sequences, each a match of 65,539 bytes that costs no bits. */
  const endless = Uint8Array.of(0x00, 0xff, 0xff, 0xff, 0x54, 0x00, 0x00, 0x34, 0x01);
  /** Literals whose Huffman weights are all alike, in a table that takes no bits. */
  const alike = Uint8Array.of(0x42, 0x80, 2, 5, 0xf0, 3, 0, 0, 1, 1, 1, 1, 1, 0);

  it.each([
    ["sequences without end", endless],
    ["weights without end", alike],
    ["more literals than there are", Uint8Array.of(0xf0, 1, 2)],
    ["a match code that is none", Uint8Array.of(0x00, 0x01, 0x54, 0, 0, 99, 1)],
    ["tables that were never made", Uint8Array.of(0x00, 0x01, 0xfc, 1, 1)],
    ["no bits", Uint8Array.of(0x00, 0x01, 0x00, 0x00)],
    ["too few bits", Uint8Array.of(0x00, 0x09, 0x00, 0x01)],
  ])("refuses %s", (_, body) => {
    expect(() => createBlockGuard()(body, MOST)).toThrow(InflateError);
    expect(() => inflate(zstdInflaters()(), concat(frame(USUAL), block(2, body.length, body)))).toThrow(
      InflateError,
    );
  });

  it("takes literals alone", () => {
    expect(createBlockGuard()(Uint8Array.of(3 << 3, 1, 2, 3, 0), MOST)).toBe(3);
  });
});
