import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { captureOf, numbered, talk } from "../../test/connections.ts";
import type { Segment } from "../../test/packets.ts";
import {
  command,
  concat,
  configuration,
  header,
  partHeader,
  ramStart,
  sectionHeader,
  zeroPage,
} from "../../test/streams.ts";
import { createCaptureReader } from "../capture/capture-reader.ts";
import { createZlibInflater, inflatePage, zstdInflaters } from "../formats/inflate.ts";
import { createSession } from "./session.ts";
import { createSessionSummariser } from "./session-summary.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const MIB = 1 << 20;
/** Live memory, beside what Node itself takes: with both the whole process stays within 128 MiB. */
const BOUND = 64 * MIB;
const SLOW = { timeout: 120_000 };

const word = (value: bigint) => {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, value);
  return out;
};
const text = (value: string) => new TextEncoder().encode(value);
const named = (block: string) => concat(Uint8Array.of(block.length), text(block));
const message = (type: number, payload: Uint8Array) =>
  concat(Uint8Array.of(0, type, payload.length >> 8, payload.length & 255), payload);

/** A connection that sends the same bytes over and over, or what `make` gives for each packet. */
function* connection(
  port: number,
  begin: Uint8Array,
  make: (n: number) => Uint8Array,
  packets: number,
  down = false,
) {
  const one = talk(port);
  const main = concat(header(), configuration("none"));
  yield* one.open();
  if (down) yield one.up(0, main);
  const say = down ? one.down : one.up;
  yield say(0, begin);
  for (let n = 0, at = begin.length; n < packets; n++) {
    const data = make(n);
    yield say(at, data, down ? { acknowledgement: 1001 + main.length } : {});
    at += data.length;
  }
}

const big = (n: number, length = 60_000) => numbered(length, n);

const hostile: Readonly<Record<string, () => Iterable<Segment>>> = {
  "sixteen streams of devices that nothing describes": function* () {
    const start = concat(header(), configuration("none"), sectionHeader(4, 9, "huge", 1));
    for (let i = 0; i < 16; i++) yield* connection(40_000 + i, start, (n) => big(n), 130);
  },
  "five hundred multifd channels of unfinished packets": function* () {
    const init = concat(Uint8Array.of(0x11, 0x22, 0x33, 0x44, 0, 0, 0, 1), new Uint8Array(56));
    const packet = concat(Uint8Array.of(0x11, 0x22, 0x33, 0x44, 0, 0, 0, 1), new Uint8Array(1300));
    for (let i = 0; i < 500; i++) yield* connection(30_000 + i, concat(init, packet), (n) => big(n, 400), 3);
  },
  "a return path of endless requests": () =>
    connection(
      40_000,
      message(3, concat(word(0n), Uint8Array.of(0, 0, 16, 0), named("pc.ram"))),
      (n) => {
        const request = message(4, concat(word(BigInt(n) * 4096n * 3000n), Uint8Array.of(0, 0, 16, 0)));
        return concat(...Array.from({ length: 3000 }, () => request));
      },
      300,
      true,
    ),
  "bitmaps of 2^63 bytes": () =>
    connection(40_000, concat(message(5, named("pc.ram")), word(2n ** 63n)), (n) => big(n), 300, true),
  "postcopy pages scattered over an exbibyte": () =>
    connection(
      40_000,
      concat(
        header(),
        configuration("none"),
        ramStart([{ idstr: "pc.ram", usedLength: 2 ** 52 }]),
        command(4),
        partHeader(2),
        zeroPage(0, "pc.ram"),
      ),
      (n) =>
        concat(
          ...Array.from({ length: 6000 }, (_, i) => zeroPage((((n * 6000 + i) % 2 ** 21) + 1) * 2 ** 30)),
        ),
      60,
    ),
  "streams that begin nowhere": function* () {
    for (let i = 0; i < 400; i++) {
      const one = talk(20_000 + i);
      for (let n = 0; n < 6; n++) yield one.up(n * 60_000, big(n + i));
    }
  },
};

function peak(segments: Iterable<Segment>): number {
  const summariser = createSessionSummariser();
  const inflaters = { zlib: createZlibInflater, zstd: zstdInflaters() };
  const session = createSession({ event: (event) => summariser.event(event) }, { inflatePage, inflaters });
  const reader = createCaptureReader(session.capture);
  const held = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  let most = 0;
  let batch: Segment[] = [];
  let begun = false;
  const flush = () => {
    const file = captureOf(batch);
    reader.push(begun ? file.subarray(24) : file);
    begun = true;
    batch = [];
  };
  let packets = 0;
  for (const segment of segments) {
    batch.push(segment);
    if (batch.length === 50) flush();
    if (++packets % 250 === 0) most = Math.max(most, held() - before);
  }
  flush();
  most = Math.max(most, held() - before);
  reader.finish();
  session.finish();
  expect(summariser.summary().timeline.length).toBeLessThanOrEqual(2000);
  expect(packets).toBeGreaterThan(60);
  return Math.max(most, held() - before);
}

describe("a hostile capture", () => {
  it.each(Object.entries(hostile))("of %s stays within bounds", SLOW, (_, segments) => {
    expect(peak(segments())).toBeLessThan(BOUND);
  });
});
