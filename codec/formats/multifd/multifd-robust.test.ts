import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  deviceState,
  inflaters,
  init,
  loadMultifd,
  multifdEvents,
  multifdFixtures,
  multifdTold,
  type Piece,
  packet,
  pagesOf,
  sync,
  xInit,
  xPacket,
} from "../../../test/multifd.ts";
import { mutate } from "../../../test/mutate.ts";
import { concat } from "../../../test/streams.ts";
import { mulberry32 } from "../../../test/told.ts";
import type { MultifdEvent } from "./multifd-events.ts";

const SEED = Number(process.env.SEED ?? 20260801);
const RUNS = Number(process.env.RUNS ?? 1500);
/** Where a long channel is cut: not everywhere, but near its headers. */
const MOST_CUTS = 1000;
const EVERYTHING = { pages: true, spans: true };

const BIG = { pageSize: 65536 };
const zlib = (offsets: readonly number[], pageSize: number) =>
  new Uint8Array(deflateSync(pagesOf(offsets, pageSize), { finishFlush: 2 }));

/** Small channels that between them have everything. Pages are large so that the arrays of offsets are short. */
const channels: Readonly<Record<string, Uint8Array>> = {
  "SYNC, zero pages and device state": concat(
    init(),
    sync(65536),
    packet({ ...BIG, zero: [0, 65536], flags: 1 }),
    deviceState("vfio", new Uint8Array(40).fill(3)),
    packet({ ...BIG, pagesAlloc: 8, nextPacketSize: 65536 }),
  ),
  "zlib pages": concat(
    init(),
    sync(65536),
    packet({ ...BIG, flags: 2, normal: [65536, 0], payload: zlib([65536, 0], 65536) }),
    sync(65536),
  ),
  "small pages": concat(init(), packet({ pageSize: 256, normal: [0, 256, 512] }), sync(256)),
  "the layout of 3.0": concat(xInit(), xPacket(2, []), xPacket(2, [], 1), xPacket(2, [])),
  "damage between its packets": concat(
    init(),
    packet({ ...BIG, zero: [0] }),
    new Uint8Array(300).fill(0x11),
    packet({ ...BIG, zero: [65536] }),
    packet({ ...BIG, normalPages: 9 }),
    sync(65536),
  ),
  "no init packet": concat(packet({ ...BIG, zero: [0] }), sync(65536)),
};

function check(events: readonly MultifdEvent[], length: number, what: string): void {
  const ends = events.filter(({ kind }) => kind === "multifd-end");
  const end = events.at(-1);
  if (ends.length !== 1 || end?.kind !== "multifd-end") expect.fail(`${what}: ${ends.length} ends`);
  if (end.offset > length || end.offset < 0) expect.fail(`${what}: ends at ${end.offset} of ${length}`);
  if (events.length > 20 + length / 100) expect.fail(`${what}: ${events.length} events`);
  for (const event of events)
    if (event.kind === "finding" && !((event.finding.offset ?? 0) <= length))
      expect.fail(`${what}: ${event.finding.rule} at ${event.finding.offset}`);
}

const placesIn = (data: Uint8Array): number[] =>
  Array.from({ length: data.length }, (_, at) => at).filter(
    (at) => at < 500 || at % Math.ceil(data.length / MOST_CUTS) === 0,
  );
const inSteps = (data: Uint8Array, size: number): Piece[] =>
  Array.from({ length: Math.ceil(data.length / size) }, (_, i) => data.subarray(i * size, (i + 1) * size));
const cut = (data: Uint8Array, at: number): Piece[] => [data.subarray(0, at), data.subarray(at)];

describe.each(Object.entries(channels))("a channel with %s", { timeout: 120_000 }, (_, data) => {
  const options = () => ({ ...EVERYTHING, inflaters: inflaters() });
  const whole = multifdTold([data], options());

  it("tells the same when cut in two anywhere", () => {
    for (const at of placesIn(data))
      expect(multifdTold(cut(data, at), options()), `cut at ${at}`).toEqual(whole);
  });

  it("tells the same byte by byte, with and without pages and spans", () => {
    for (const size of [1, 7, 100]) expect(multifdTold(inSteps(data, size), options())).toEqual(whole);
    const plain = multifdTold([data]);
    for (const size of [1, 7, 100]) expect(multifdTold(inSteps(data, size))).toEqual(plain);
    const pages = multifdTold([data], { ...options(), spans: false });
    expect(pages).toEqual(whole.filter((line) => !line.startsWith("span")));
  });

  it("ends once whatever is cut off", () => {
    for (const end of placesIn(data)) {
      const bytes = data.subarray(0, end);
      check(multifdEvents([bytes], { inflaters: inflaters() }), end, `prefix of ${end}`);
      expect(multifdTold(inSteps(bytes, 50))).toEqual(multifdTold([bytes]));
    }
  });

  it("ends once whatever is missing", () => {
    const random = mulberry32(SEED);
    for (const at of placesIn(data)) {
      const lost = 1 + Math.floor(random() * random() * 2000);
      const rest = data.subarray(at + lost);
      const pieces = [data.subarray(0, at), lost, rest];
      check(
        multifdEvents(pieces, { inflaters: inflaters() }),
        at + lost + rest.length,
        `${lost} missing at ${at}`,
      );
      const chopped = [...inSteps(data.subarray(0, at), 60), lost, ...inSteps(rest, 60)];
      expect(multifdTold(chopped, options()), `${lost} missing at ${at}`).toEqual(
        multifdTold(pieces, options()),
      );
    }
  });

  it("ends once whatever is changed", () => {
    const random = mulberry32(SEED);
    for (let run = 0; run < RUNS; run++) {
      const bad = mutate(data, random);
      check(multifdEvents([bad], { inflaters: inflaters() }), bad.length, `seed ${SEED}, run ${run}`);
      if (run % 10 === 0)
        expect(multifdTold(inSteps(bad, 97), options())).toEqual(multifdTold([bad], options()));
    }
  });
});

describe.each(multifdFixtures.filter(({ pieces }) => !pieces))("$file", (fixture) => {
  const data = loadMultifd(fixture);

  it("tells the same in pieces of any size", () => {
    const whole = multifdTold([data], { pages: true, inflaters: inflaters() });
    for (const size of [61, 1000, 65536])
      expect(multifdTold(inSteps(data, size), { pages: true, inflaters: inflaters() })).toEqual(whole);
  });

  it("ends once whatever is changed or missing", () => {
    const random = mulberry32(SEED);
    for (let run = 0; run < 60; run++) {
      const bad = mutate(data, random);
      check(multifdEvents([bad], { inflaters: inflaters() }), bad.length, `seed ${SEED}, run ${run}`);
      const at = Math.floor(random() * data.length);
      const lost = Math.floor(random() * random() * 9000);
      const rest = data.subarray(at + lost);
      check(
        multifdEvents([data.subarray(0, at), lost, rest]),
        at + lost + rest.length,
        `${lost} missing at ${at}`,
      );
    }
  });
});
