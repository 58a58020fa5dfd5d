import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deviceState, init, packet, sync, xInit, xPacket } from "../../../test/multifd.ts";
import { concat, header } from "../../../test/streams.ts";
import { decode } from "../../layout/index.ts";
import {
  isMainInitProposal,
  MULTIFD_MAGIC,
  MultifdPacketHeader,
  MultifdPageOffset,
  XMultifdPacketHeader,
} from "./multifd.ts";
import { compressionOf, isPlausibleHead, nameIn, scanHead, scanOffsets, scanXHead } from "./multifd-head.ts";

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const marked = (bytes: Uint8Array) => {
  viewOf(bytes).setUint32(0, MULTIFD_MAGIC);
  return bytes;
};

describe("the scanner of packet headers", () => {
  it("reads what the table reads", () => {
    fc.assert(
      fc.property(octets(320).map(marked), (bytes) => {
        const table = decode(MultifdPacketHeader, bytes);
        const { packetNumber, ...scanned } = scanHead(viewOf(bytes), 0, 320);
        expect(scanned).toEqual({
          flags: table.flags,
          pagesAlloc: table.pagesAlloc,
          normal: table.normalPages,
          nextPacketSize: table.nextPacketSize,
          zero: table.zeroPages,
        });
        expect(packetNumber).toBe(String(table.packetNumber));
        expect(nameIn(bytes, 64)).toBe(table.block.includes("\0") ? table.block.split("\0")[0] : undefined);
      }),
    );
  });

  it("reads what the table of 3.0 reads", () => {
    fc.assert(
      fc.property(octets(284).map(marked), (bytes) => {
        const table = decode(XMultifdPacketHeader, bytes);
        expect(scanXHead(viewOf(bytes), 0, 284)).toEqual({
          flags: table.flags,
          pagesAlloc: table.size,
          normal: table.used,
          nextPacketSize: 0,
          packetNumber: String(table.packetNumber),
          zero: 0,
        });
      }),
    );
  });

  it("does with the bytes a capture has", () => {
    const bytes = packet({ normal: [0, 4096], zero: [8192], number: 9 });
    const partial = (have: number) => scanHead(viewOf(bytes), 0, have);
    expect(partial(24)).toMatchObject({ normal: 2, nextPacketSize: 8192, packetNumber: null, zero: 0 });
    expect(partial(32)).toMatchObject({ packetNumber: "9", zero: 0 });
    expect(partial(36)).toMatchObject({ packetNumber: "9", zero: 1 });
    expect(scanXHead(viewOf(xPacket(16, [0])), 0, 20)).toMatchObject({ normal: 1, packetNumber: null });
  });
});

describe("the scanner of offsets", () => {
  it("reads what the table reads", () => {
    const offsets = fc.array(fc.bigInt({ min: 0n, max: (1n << 53n) - 1n }), { maxLength: 20 });
    fc.assert(
      fc.property(offsets, (offsets) => {
        const bytes = new Uint8Array(8 * offsets.length + 3);
        offsets.forEach((offset, i) => {
          viewOf(bytes).setBigUint64(3 + 8 * i, offset);
        });
        const scan = { highest: -1, bits: -1 };
        const into = new Float64Array(20);
        scanOffsets(viewOf(bytes), 3, offsets.length, scan, into);
        const table = offsets.map(
          (_, i) => decode(MultifdPageOffset, bytes.subarray(3 + 8 * i, 11 + 8 * i)).offset,
        );
        expect(table).toEqual(offsets);
        expect([...into.subarray(0, offsets.length)]).toEqual(offsets.map(Number));
        expect(scan.highest).toBe(Number(offsets.reduce((a, b) => (b > a ? b : a), 0n)));
        expect(BigInt(scan.bits >>> 0)).toBe(offsets.reduce((a, b) => a | (b & 0xffffffffn), 0n));
      }),
    );
  });
});

describe("compression", () => {
  it.each([
    [0, "none"],
    [1, "none"],
    [3, "zlib"],
    [4, "zstd"],
    [8, "qpl"],
    [16, "uadk"],
    [32, "qatzip"],
    [64, "none"],
    [6, "unknown"],
    [62, "unknown"],
  ] as const)("of flags %i is %s", (flags, method) => {
    expect(compressionOf(flags)).toBe(method);
  });
});

describe("a header that can be true", () => {
  const plausible = (bytes: Uint8Array, old = false, have = bytes.length) =>
    isPlausibleHead(viewOf(bytes), 0, have, old);

  it.each([
    ["pages", packet({ normal: [0] })],
    ["SYNC alone", sync()],
    ["SYNC without pages, of a block before", packet({ flags: 1, nextPacketSize: 4096 })],
    ["zlib and SYNC", packet({ flags: 3, normal: [0], payload: new Uint8Array(9) })],
    ["device state", deviceState("vfio", Uint8Array.of(1))],
    ["half a header", packet({ normal: [0] }).subarray(0, 30)],
  ])("is that of %s", (_, bytes) => {
    expect(plausible(bytes)).toBe(true);
  });

  it.each([
    ["too few bytes", packet().subarray(0, 23)],
    ["an init packet", init()],
    ["another version", packet({ version: 2 })],
    ["unknown flags", packet({ flags: 0x80 })],
    ["two compression methods", packet({ flags: 6 })],
    ["more pages than room", packet({ normal: [0, 1, 2], pagesAlloc: 2 })],
    ["an odd number of pages", packet({ pagesAlloc: 127 })],
    ["pages without room", packet({ pagesAlloc: 0, normal: [0] })],
    ["a huge payload", packet({ nextPacketSize: 1 << 21 })],
    ["reserved bytes", packet({ reserved: new Uint8Array(28).fill(1) })],
    ["pages of no block", packet({ normal: [0], block: "" })],
    ["a block that cannot be printed", packet({ normal: [0], block: "\x01" })],
    ["a name without an end", packet({ normal: [0], block: "x".repeat(256) })],
    ["device state of no device", deviceState("", Uint8Array.of(1))],
  ])("is not one with %s", (_, bytes) => {
    expect(plausible(bytes)).toBe(false);
  });

  it("is judged by the layout of the channel", () => {
    expect(plausible(xPacket(16, [0]), true)).toBe(true);
    expect(plausible(xPacket(16, [0]))).toBe(false);
    expect(plausible(xPacket(0, []), true)).toBe(false);
  });
});

describe("the proposal of an init packet on the main channel", () => {
  it.each([
    [true, concat(init(), header())],
    [false, init()],
    [false, concat(init(), packet())],
    [false, concat(xInit(), header(), new Uint8Array(60))],
    [false, concat(header(), init())],
  ])("is recognised: %s", (is, bytes) => {
    expect(isMainInitProposal(bytes)).toBe(is);
  });
});
