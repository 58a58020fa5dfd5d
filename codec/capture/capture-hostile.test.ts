import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { pcapFile, pcapng } from "../../test/capture-files.ts";
import { hear, numbered, talk } from "../../test/connections.ts";
import { mutate } from "../../test/mutate.ts";
import { ACK, cooked, ethernet, ip, ipv4, ipv6, ipv6Fragment, SYN, tcp } from "../../test/packets.ts";
import { mulberry32 } from "../../test/told.ts";
import { concat } from "../layout/index.ts";
import { createCaptureReader } from "./capture-reader.ts";
import type { CaptureSink } from "./events.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const SEED = Number(process.env.SEED ?? 20260801);
const RUNS = process.env.NIGHTLY ? 20_000 : 1500;
const MIB = 2 ** 20;

const V4 = [10, 0, 0, 1];
const V6 = Array.from({ length: 16 }, (_, i) => i);

/** A bit of everything: connections, disorder, fragments, both families. */
function packets(): Uint8Array[] {
  const four = talk(1, 1, 1, V4, [10, 0, 0, 2]);
  const six = talk(2, 2, 2, V6, V6);
  const segment = tcp(four.up(300, numbered(400, 300)));
  const part = (from: number, to: number) =>
    ipv4(V4, [10, 0, 0, 2], segment.subarray(from, to), { fragmentOffset: from, more: to < segment.length });
  const segment6 = tcp(six.up(300, numbered(300, 300)));
  const part6 = (from: number, to: number) =>
    ipv6(V6, V6, segment6.subarray(from, to), [[44, ipv6Fragment(from, to < segment6.length)]]);
  const orderly = [0, 1, 2, 3, 4, 5].map((i) => four.up(700 + 100 * i, numbered(100, 700 + 100 * i)));
  return [
    ...[...four.open(), ...six.open()].map(ip),
    ip(four.up(0, numbered(100))),
    ip(four.up(200, numbered(100, 200))),
    part(0, 200),
    ip(six.up(0, numbered(300))),
    part6(160, 320),
    ip(four.up(50, numbered(150, 50))),
    part(200, segment.length),
    part6(0, 160),
    ...orderly.map(ip),
    ...four.close(1300, 0).map(ip),
    ...six.close(600, 0).map(ip),
  ];
}

const frames = packets().map((packet) => ({ data: ethernet(packet) }));
const make = pcapng("be");
const seeds: Readonly<Record<string, Uint8Array>> = {
  pcap: pcapFile(frames),
  "pcap, cut": pcapFile(frames.map((frame) => ({ ...frame, cut: 120 }))),
  "pcap, cooked": pcapFile(
    packets().map((packet) => ({ data: cooked(packet) })),
    { linkType: 113, endian: "be", magic: 0xa1b23c4d },
  ),
  pcapng: concat([
    make.section(),
    make.interface(1, { resolution: 9 }),
    ...frames.flatMap((frame, i) => [make.enhanced(0, BigInt(i) << 32n, frame), make.other(5, numbered(8))]),
  ]),
};

describe.each(Object.entries(seeds))(`bad input from %s, seed ${SEED}`, (name, data) => {
  it(`ends in one end for each connection, ${RUNS} times`, { timeout: 240_000 }, () => {
    for (let run = 0; run < RUNS; run++) {
      const random = mulberry32(SEED + run * 7919);
      const bad = mutate(data, random);
      try {
        const { heard, summary, findings } = hear(bad, {
          chunk: 1 + Math.floor(random() * 3000),
          spans: run % 4 === 0,
        });
        expect(findings.length).toBeLessThan(64 * 10);
        expect(summary.connections).toBe(heard.length);
        for (const { log } of heard) expect(log.length).toBeLessThan(4 * data.length);
      } catch (error) {
        throw new Error(`${name}, SEED=${SEED}, run ${run}`, { cause: error });
      }
    }
  });

  it("cut off anywhere, or with bytes missing anywhere, ends", { timeout: 120_000 }, () => {
    for (let at = 0; at < data.length; at += 3) {
      hear(data.subarray(0, at));
      hear(data, { lose: { at, count: 1 + (at % 200) } });
    }
  });
});

const nothing: CaptureSink = {
  connection: () => {},
  bytes: () => {},
  gap: () => {},
  end: () => {},
  finding: () => {},
};

const HEADER = pcapFile([]);
const body = (all: readonly Uint8Array[]) => pcapFile(all.map((data) => ({ data }))).subarray(24);

/**
 * Most memory held while chunks are read, over what was held before. Buffers are freed some time after they were collected,
 * so that bounds need room for what the test itself has let go.
 */
function growth(first: Uint8Array, next: (i: number) => Uint8Array, times: number): number {
  collect();
  const held = () => process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  const before = held();
  const reader = createCaptureReader(nothing);
  let most = 0;
  reader.push(first);
  for (let i = 0; i < times; i++) {
    reader.push(next(i));
    if (i % Math.ceil(times / 6) !== 0) continue;
    collect();
    most = Math.max(most, held() - before);
  }
  collect();
  most = Math.max(most, held() - before);
  reader.finish();
  return most;
}

/** Many copies of one packet, of which some bytes count. */
function counting(template: Uint8Array, count: number, set: (view: DataView, at: number, n: number) => void) {
  const one = body([template]);
  const all = new Uint8Array(one.length * count);
  for (let i = 0; i < count; i++) all.set(one, i * one.length);
  const view = new DataView(all.buffer);
  let n = 0;
  return () => {
    for (let i = 0; i < count; i++) set(view, i * one.length + 16 + 14, n++);
    return all;
  };
}

describe("traffic that wants memory", { timeout: 120_000 }, () => {
  const segment = (flags: number, length: number) =>
    ethernet(ip({ ...talk(1, 1, 1, V4, V4).up(0, numbered(length)), flags }));
  const from = (view: DataView, at: number, n: number) => view.setUint32(at + 12, n);

  it.each([
    ["a million SYNs from everywhere", SYN, 0],
    ["a million connections with bytes and holes", ACK, 10],
  ])("%s", (_, flags, length) => {
    const next = counting(segment(flags, length), 10_000, (view, at, n) => {
      from(view, at, n % 500_000);
      view.setUint32(at + 24, n < 500_000 ? 0 : 1000);
    });
    expect(growth(HEADER, next, 100)).toBeLessThan(100 * MIB);
  });

  it("a flow that never sends what is missing", () => {
    const next = counting(segment(ACK, 1000), 1000, (view, at, n) =>
      view.setUint32(at + 24, n === 0 ? 0 : 1 + n * 1000),
    );
    expect(growth(HEADER, next, 60)).toBeLessThan(32 * MIB);
  });

  it("many flows that never send what is missing", () => {
    const next = counting(segment(ACK, 1000), 1000, (view, at, n) => {
      view.setUint16(at + 20, n % 1000);
      view.setUint32(at + 24, n < 1000 ? 0 : 1 + n * 1000);
    });
    expect(growth(HEADER, next, 100)).toBeLessThan(56 * MIB);
  });

  it("fragments of datagrams that are never whole", () => {
    const part = ethernet(ipv4(V4, V4, numbered(1000), { more: true, fragmentOffset: 8 }));
    const next = counting(part, 1000, from);
    expect(growth(HEADER, next, 100)).toBeLessThan(32 * MIB);
  });

  it("a packet of 4 GiB, and a block of 4 GiB", () => {
    const record = concat([HEADER, new Uint8Array(8), new Uint8Array(8).fill(0xff)]);
    const zeros = new Uint8Array(MIB);
    expect(growth(record, () => zeros, 20)).toBeLessThan(32 * MIB);
    const block = concat([pcapng("le").section(), Uint8Array.of(5, 0, 0, 0, 0xfc, 0xff, 0xff, 0xff)]);
    expect(growth(block, () => zeros, 20)).toBeLessThan(32 * MIB);
    const packet = concat([pcapng("le").section(), Uint8Array.of(6, 0, 0, 0, 0xfc, 0xff, 0xff, 0xff)]);
    expect(growth(packet, () => zeros, 20)).toBeLessThan(32 * MIB);
  });

  it("interfaces without end", () => {
    const some = concat(Array.from({ length: 1000 }, () => pcapng("le").interface(1)));
    expect(growth(pcapng("le").section(), () => some, 100)).toBeLessThan(32 * MIB);
  });
});
