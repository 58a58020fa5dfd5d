import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { concat } from "../../codec/layout/bytes.ts";
import { hexBytes } from "../../codec/layout/index.ts";
import { createDestination } from "./destination/destination.ts";
import type { PeerProcess } from "./ending.ts";
import { type PeerOptions, qemuPeer } from "./peer.ts";
import { createSource } from "./source/source.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const VERSIONS = ["2.5.0", "2.10.1", "5.2.0", "7.2.22", "10.0.13", "11.1.3"];
const MIB = 2 ** 20;

const HEADER = hexBytes("5145564d00000003070000000d70632d6934343066782d352e32");
const RETURN_PATH = "0800010000";
const ADVISE = "080003001000000000000010000000000000001000";
const LISTEN = "0800040000";
const RUN = "0800050000";
const PING = "080002000400000001";
const RAM = hexBytes("01000000020372616d0000000000000004");

const text = (value: string) => Uint8Array.from(value, (character) => character.charCodeAt(0));
const repeat = (bytes: Uint8Array, times: number) => concat(Array.from({ length: times }, () => bytes));

function big(value: bigint | number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

const word = (value: number) => big(value).subarray(4);
const named = (name: string) => concat([Uint8Array.of(name.length), text(name)]);

/** A list of so many blocks, in the START section of RAM. */
function blockList(count: number, length: bigint): Uint8Array {
  const blocks = Array.from({ length: count }, (_, i) => concat([named(`mem${i}`), big(length)]));
  return concat([RAM, big((1n << 63n) | 4n), ...blocks]);
}

function sections(first: number, count: number): Uint8Array {
  const of = (id: number) =>
    concat([Uint8Array.of(4), word(id), named("slirp"), word(id), word(1), Uint8Array.of(1, 0x7e), word(id)]);
  return concat(Array.from({ length: count }, (_, i) => of(first + i)));
}

function destination(version: string, options: PeerOptions = {}): PeerProcess {
  return createDestination(qemuPeer(`qemu-${version}`, { machine: "pc-i440fx-5.2", ...options }));
}

/** Pushes all that comes, and says how much memory is held behind that, in bytes. */
function held(process: PeerProcess, pieces: Iterable<Uint8Array>, connection = 0): number {
  collect();
  const used = () => {
    const { heapUsed, arrayBuffers } = globalThis.process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  for (const piece of pieces) process.push(connection, piece);
  collect();
  return used() - before;
}

function* times(count: number, piece: (i: number) => Uint8Array): Generator<Uint8Array> {
  for (let i = 0; i < count; i++) yield piece(i);
}

describe.each(VERSIONS)("a destination of %s", (version) => {
  it("that is told of blocks without end keeps some of them", () => {
    const process = destination(version);
    process.connect();
    process.push(0, concat([HEADER, blockList(20_000, 0n)]));
    const more = (i: number) => concat([named(`mem${i}`), big(0)]);
    expect(held(process, times(20_000, more))).toBeLessThan(8 * MIB);
    expect(process.stopped()).toBeNull();
  });

  it("that is told of sections without end gives up on them", () => {
    const process = destination(version);
    process.connect();
    process.push(0, HEADER);
    expect(
      held(
        process,
        times(40, (i) => sections(i * 1000, 1000)),
      ),
    ).toBeLessThan(8 * MIB);
    expect(process.unknown()).toMatch(/^more sections begin/);
  });

  it("that is asked for answers without end keeps the first", () => {
    const process = destination(version);
    process.connect();
    process.push(0, concat([HEADER, hexBytes(RETURN_PATH)]));
    const pings = repeat(hexBytes(PING), 10_000);
    expect(
      held(
        process,
        times(16, () => pings),
      ),
    ).toBeLessThan(4 * MIB);
    expect(process.replies().length).toBe(2 ** 20);
    expect(process.stopped()).toBeNull();
  });

  it("that prints without end gives up", () => {
    const process = destination(version);
    process.connect();
    process.push(0, HEADER);
    const again = repeat(hexBytes(RETURN_PATH), 10_000);
    expect(
      held(
        process,
        times(20, () => again),
      ),
    ).toBeLessThan(4 * MIB);
    expect(process.unknown()).toMatch(/lines are printed$/);
  });

  it("does not follow packages within packages to the bottom", () => {
    const process = destination(version);
    process.connect();
    const nested = repeat(concat([word(5), hexBytes("0800070004")]), 50_000);
    process.push(0, concat([HEADER, hexBytes("0800070004"), nested]));
    expect(process.unknown()).toMatch(/^packages in packages/);
  });

  it("keeps no package of 4 GiB", () => {
    const process = destination(version);
    process.connect();
    process.push(0, concat([HEADER, hexBytes("0800070004ffffffff")]));
    const zeros = new Uint8Array(MIB);
    expect(
      held(
        process,
        times(300, () => zeros),
      ),
    ).toBeLessThan(4 * MIB);
    process.close(0);
    expect(process.seen()).toMatchObject({ exit: 1 });
    expect(process.unknown()).toBeNull();
  });

  it("keeps nothing of what comes behind the end", () => {
    const process = destination(version);
    process.connect();
    const zeros = new Uint8Array(MIB);
    process.push(0, concat([HEADER, zeros]));
    expect(
      held(
        process,
        times(100, () => zeros),
      ),
    ).toBeLessThan(8 * MIB);
    expect(process.seen().exit ?? process.seen().status).not.toBeNull();
    expect(process.unknown()).toBeNull();
  });

  it("that has ended takes connections without end", () => {
    const process = destination(version);
    for (let i = 0; i < 65_536; i++) {
      const connection = process.connect();
      process.push(connection, Uint8Array.of(0));
      if (i % 2 === 0) process.close(connection);
    }
    expect(process.connect()).toBe(65_536);
  });

  it("reads end marks that two threads share to the end of the input", () => {
    const options = { capabilities: { "postcopy-ram": true } };
    const process = destination(version, options);
    process.connect();
    process.push(0, concat([HEADER, hexBytes(RETURN_PATH + ADVISE + LISTEN)]));
    process.push(0, new Uint8Array(100_000));
    process.close(0);
    expect(process.stopped()).toBeNull();
  });

  it("has no bitmaps for blocks of a tebibyte each", () => {
    const process = destination(version, { capabilities: { "postcopy-ram": true } });
    process.connect();
    const blocks = Array.from({ length: 1000 }, (_, i) => concat([named(`mem${i}`), big(1n << 40n)]));
    const list = concat([RAM, big((1000n << 40n) | 4n), ...blocks, big(16), hexBytes("7e00000002")]);
    const begin = hexBytes(`08000700040000000a${LISTEN}${RUN}`);
    process.push(0, concat([HEADER, hexBytes(RETURN_PATH + ADVISE), list]));
    process.push(0, begin);
    const page = (i: number) => concat([big(2), named(`mem${i % 1000}`), Uint8Array.of(0)]);
    process.push(0, hexBytes("0200000002"));
    expect(held(process, times(2000, page))).toBeLessThan(80 * MIB);
  });

  it("is set up with what QEMU takes, whatever is asked for", () => {
    for (const value of [1e15, 2 ** 31, -1, 0.5, "3", null]) {
      const capabilities = { multifd: true, "x-multifd": true };
      const parameters = {
        "multifd-channels": value,
        "x-multifd-channels": value,
        "x-multifd-page-count": value,
        "block-bitmap-mapping": [{ "node-name": { toString: 1 }, alias: value, bitmaps: value }],
      };
      const process = destination(version, { capabilities, parameters });
      process.push(process.connect(), HEADER);
      process.push(process.connect(), new Uint8Array(64));
      expect(process.seen()).toBeDefined();
    }
  });
});

describe.each(VERSIONS)("a source of %s", (version) => {
  it("reads messages without end", () => {
    const process = createSource(qemuPeer(`qemu-${version}`), { phase: "precopy" });
    const pongs = repeat(hexBytes("0002000400000001"), 10_000);
    expect(
      held(
        process,
        times(20, () => pongs),
      ),
    ).toBeLessThan(4 * MIB);
    expect(process.stopped()).toBeNull();
  });
});

describe("a queue nobody reads", () => {
  it("is not kept beyond what sockets hold, nor byte by byte", () => {
    const options = { capabilities: { multifd: true }, parameters: { "multifd-channels": 2 } };
    const process = destination("7.2.22", options);
    process.connect();
    process.push(0, HEADER);
    expect(
      held(
        process,
        times(300_000, (i) => Uint8Array.of(i % 256)),
      ),
    ).toBeLessThan(4 * MIB);
    expect(process.unknown()).toBeNull();
    const zeros = new Uint8Array(MIB);
    expect(
      held(
        process,
        times(128, () => zeros),
      ),
    ).toBeLessThan(120 * MIB);
    expect(process.unknown()).toMatch(/not read$/);
  });
});
