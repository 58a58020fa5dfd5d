import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { bytes } from "../../../test/construct-parts.ts";
import {
  command,
  concat,
  configuration,
  device,
  eos,
  footer,
  header,
  memSize,
  partHeader,
  ramStart,
  sectionHeader,
} from "../../../test/streams.ts";
import { createStreamReader, type StreamSink } from "../../index.ts";
import { inflatePage } from "./zlib-page.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const MIB = 1 << 20;
const BOUND = 64 * MIB;
const START = concat(header(), configuration("none"));
const RAM = concat(START, sectionHeader(1, 2, "ram", 4));
const BLOCKS = [{ idstr: "ram", usedLength: 1 << 30 }];

function u64(value: bigint): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, value);
  return out;
}

/** The beginning of a stream, then the same bytes over and over. */
interface Hostile {
  readonly head: Uint8Array;
  readonly body: Uint8Array;
  readonly mib: number;
}

const name = (text: string) => concat(Uint8Array.of(text.length), new TextEncoder().encode(text));
const numbered = (count: number, make: (n: number) => Uint8Array) =>
  concat(...Array.from({ length: count }, (_, n) => make(n)));
const x = (count: number) => new Uint8Array(count).fill(0x78);
const empty = new Uint8Array(1 << 16);

const hostile: Readonly<Record<string, Hostile>> = {
  "a machine name of 4 GiB": { head: concat(header(), bytes("07 ff ff ff ff")), body: x(1 << 16), mib: 20 },
  "4 G capabilities": {
    head: concat(configuration("none", { capabilities: [] }).subarray(0, -4), bytes("ff ff ff ff")),
    body: x(1 << 16),
    mib: 20,
  },
  "endless subsections": {
    head: START,
    body: configuration("", { uuid: "00112233-4455-6677-8899-aabbccddeeff" }).subarray(5),
    mib: 6,
  },
  "a section name without end": {
    head: concat(START, bytes("04 00 00 00 01 ff")),
    body: x(1 << 16),
    mib: 20,
  },
  "a vmdescription of 4 GiB that is one value": {
    head: concat(START, bytes("00 06 ff ff ff ff 7b 22")),
    body: x(1 << 16),
    mib: 20,
  },
  "a vmdescription of 4 GiB of brackets": {
    head: concat(START, bytes("00 06 ff ff ff ff"), new TextEncoder().encode('{"devices": [')),
    body: new Uint8Array(1 << 16).fill(0x5b),
    mib: 20,
  },
  "a package of 4 GiB": { head: concat(START, command(7, bytes("ff ff ff ff"))), body: empty, mib: 20 },
  "packages in packages": { head: START, body: command(7, bytes("7f ff ff ff")), mib: 20 },
  "RAM of 2^53 bytes and blocks of one": {
    head: concat(RAM, memSize(2 ** 53 - 4096)),
    body: numbered(6000, (n) => concat(name(`b${n}`), u64(1n))),
    mib: 8,
  },
  "RAM of 2^64 bytes": { head: concat(RAM, bytes("ff ff ff ff ff ff f0 04")), body: empty, mib: 20 },
  "a block of 2^52 bytes with its bitmap": {
    head: concat(
      header(),
      configuration("none", { capabilities: ["mapped-ram"] }),
      sectionHeader(1, 2, "ram", 4),
      memSize(2 ** 52),
      name("ram"),
      u64(1n << 52n),
      bytes("00 00 00 01"),
      u64(4096n),
      u64(200n),
      u64(1n << 40n),
    ),
    body: new Uint8Array(1 << 16).fill(0xff),
    mib: 20,
  },
  "a dirty bitmap of 2^63 bytes": {
    head: concat(START, sectionHeader(1, 3, "dirty-bitmap"), bytes("40"), new Uint8Array(12), u64(1n << 63n)),
    body: empty,
    mib: 20,
  },
  "a dirty bitmap of 2^40 bytes": {
    head: concat(START, sectionHeader(1, 3, "dirty-bitmap"), bytes("40"), new Uint8Array(12), u64(1n << 40n)),
    body: empty,
    mib: 20,
  },
  "an XBZRLE page of 64 KiB": {
    head: concat(START, ramStart(BLOCKS), partHeader(2), bytes("00 00 00 00 00 00 00 40"), name("ram")),
    body: bytes("01 ff ff"),
    mib: 6,
  },
  "a compressed page of 4 GiB": {
    head: concat(START, ramStart(BLOCKS), partHeader(2), bytes("00 00 00 00 00 00 01 00"), name("ram")),
    body: bytes("ff ff ff ff"),
    mib: 6,
  },
  "blocks that nobody announced": {
    head: concat(START, ramStart(BLOCKS), partHeader(2)),
    body: numbered(5000, (n) => concat(bytes("00 00 00 00 00 00 00 02"), name(`nobody${n}`), bytes("00"))),
    mib: 6,
  },
  "a device without end": { head: concat(START, sectionHeader(4, 3, "endless")), body: x(1 << 16), mib: 20 },
  "millions of devices": {
    head: START,
    body: numbered(60_000, (n) => device(n, `d${n}`, x(3))),
    mib: 8,
  },
  "millions of devices with ids of their own": {
    head: START,
    body: numbered(20, (m) => numbered(50_000, (n) => device(50_000 * m + n, "d", new Uint8Array(0)))),
    mib: 6,
  },
  "devices of 7 MiB": { head: START, body: device(3, "large", new Uint8Array(7 * MIB)), mib: 20 },
  "headers without end": { head: concat(START, bytes("99")), body: sectionHeader(4, 77, "never"), mib: 10 },
  "footers without end": {
    head: concat(START, ramStart(BLOCKS), bytes("99")),
    body: concat(footer(), partHeader(2), eos()),
    mib: 3,
  },
};

/** Most memory held while reading, over what was held before. */
function growth({ head, body, mib }: Hostile, sink: Partial<StreamSink>): number {
  const chunk = concat(...Array(Math.max(1, Math.floor((1 << 16) / body.length))).fill(body));
  let most = 0;
  let ends = 0;
  collect();
  const held = () => process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  const before = held();
  const event: StreamSink["event"] = ({ kind }) => {
    if (kind === "end") ends++;
  };
  const reader = createStreamReader({ ...sink, event }, { inflatePage });
  const look = () => {
    collect();
    most = Math.max(most, held() - before);
  };
  reader.push(head);
  const total = mib * MIB;
  for (let at = 0, next = total / 4; at < total; at += chunk.length) {
    reader.push(chunk);
    if (at < next) continue;
    look();
    next = at + total / 4;
  }
  look();
  reader.finish();
  look();
  expect(ends).toBe(1);
  return most;
}

describe("lengths that nothing stands behind", () => {
  it.each(Object.entries(hostile))("%s: little memory is held", { timeout: 120_000 }, (_, stream) => {
    expect(growth(stream, {})).toBeLessThan(BOUND);
    expect(growth(stream, { page: () => {}, span: () => {} })).toBeLessThan(BOUND);
  });
});
