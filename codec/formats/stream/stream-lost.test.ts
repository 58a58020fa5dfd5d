import { describe, expect, it } from "vitest";
import { fixtures, load } from "../../../test/captures.ts";
import { constructs } from "../../../test/constructs.ts";
import { layWith } from "../../../test/damage.ts";
import { inPieces, mulberry32, told } from "../../../test/told.ts";
import type { StreamEvent } from "./qemu-events.ts";
import { createStreamReader } from "./stream.ts";

const SLOW = { timeout: 120_000 };
const COUNTS = [1, 7, 300, 5000];

/** Reads `data` without `count` bytes from `at` on. */
function without(data: Uint8Array, at: number, count: number, pages = false): StreamEvent[] {
  const events: StreamEvent[] = [];
  const event = (one: StreamEvent) => events.push(one);
  const reader = createStreamReader({ event, ...(pages ? { page: () => {} } : {}) });
  const lost = Math.min(count, data.length - at);
  reader.push(data.slice(0, at));
  reader.lose(lost);
  reader.push(data.slice(at + lost));
  reader.finish();
  return events;
}

function expectOneEnd(events: readonly StreamEvent[], length: number): void {
  const ends = events.filter(({ kind }) => kind === "end");
  expect(ends).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ kind: "end" });
  for (const event of events)
    if (event.kind === "finding") expect(event.finding.offset ?? 0).toBeLessThanOrEqual(length);
}

const wanting = (events: readonly StreamEvent[]) =>
  events.flatMap((event) =>
    event.kind === "finding" && event.finding.level === "error" ? [event.finding.rule] : [],
  );

describe("bytes that the capture lacks", () => {
  it.each(constructs)("anywhere in a stream with $name end in one end", SLOW, ({ data }) => {
    const step = Math.max(1, Math.floor(data.length / 80));
    for (let at = 0; at < data.length; at += step)
      for (const count of COUNTS) expectOneEnd(without(data, at, count, at % 2 === 0), data.length);
  });

  it("several times over end in one end", SLOW, () => {
    const { data } = layWith({});
    for (let seed = 0; seed < 200; seed++) {
      const random = mulberry32(seed);
      const events: StreamEvent[] = [];
      const reader = createStreamReader({ event: (event) => events.push(event) });
      for (let at = 0; at < data.length; ) {
        const length = Math.min(data.length - at, 1 + Math.floor(random() * 4000));
        if (random() < 0.2) reader.lose(length);
        else reader.push(data.slice(at, at + length));
        at += length;
      }
      reader.finish();
      expectOneEnd(events, data.length);
    }
  });

  it("within a page cost nothing but that page", () => {
    const capture = fixtures.find(({ file }) => file === "precopy-10.0-q35-5.2.bin");
    if (!capture) throw new TypeError("no such fixture");
    const data = load(capture);
    const places: { offset: number; at: number }[] = [];
    told(
      data,
      (bytes, sink) =>
        inPieces()(bytes, {
          ...sink,
          span: ({ path, start }) => {
            if (path.endsWith(".normal")) places.push({ offset: start, at: start + 100 });
          },
        }),
      { pages: true },
    );
    const [place] = places.slice(5);
    if (!place) throw new TypeError("no normal page");
    const events = without(data, place.at, 2000, true);
    expect(wanting(events)).toEqual([]);
    const blocks = events.flatMap((event) => (event.kind === "ram-blocks" ? event.blocks : []));
    expect(blocks.find(({ idstr }) => idstr === "pc.ram")?.pages).toMatchObject({ normal: 34, zero: 4062 });
  });

  it("are survived by what comes behind them", () => {
    const capture = fixtures.find(({ file }) => file === "precopy-10.0-q35-5.2.bin");
    if (!capture) throw new TypeError("no such fixture");
    const data = load(capture);
    for (const at of [3, 30, 100, 5000, 60_000, 150_000]) {
      const events = without(data, at, 9000);
      expect(events.at(-1)).toMatchObject({ kind: "end", reason: "eof", offset: data.length });
      expect(events.filter(({ kind }) => kind === "device").length).toBeGreaterThan(20);
    }
  });
});
