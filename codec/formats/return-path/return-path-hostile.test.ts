import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mutate } from "../../../test/mutate.ts";
import { mulberry32 } from "../../../test/told.ts";
import type { Span } from "../../layout/index.ts";
import type { ChannelReader } from "../channel-reader.ts";
import type { ReturnPathEvent } from "./return-path-events.ts";
import { createReturnPathReader } from "./return-path-reader.ts";

const SEED = Number(process.env.SEED ?? 20260801);
const folder = new URL("../../../fixtures/return-path/", import.meta.url);
const real = readdirSync(folder)
  .filter((name) => name.endsWith(".bin"))
  .map((name) => ({ name, data: new Uint8Array(readFileSync(new URL(name, folder))) }));

/** A bit of everything, damage included. */
const crafted = bytesOf(
  "0002000400000001 000300130000000000200000000010000670632e72616d 0004000c000000000020100000001000" +
    "00090003abcdef 00080000 000200020001 0005000403616263 0000000000000008 00ff00ff00ff000f 0123456789abcdef" +
    "ffff0102030405 0002000400000002 000300130000000000200000000010000670632e72616d 0006000400000001" +
    "0005000403616263 8000000000000000 0002000400000003 0002000400000004 00070000 0001000400000001",
);
const inputs = [...real, { name: "crafted", data: crafted }];

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));
}

interface Told {
  readonly events: ReturnPathEvent[];
  readonly spans: Span[];
}

/** What a reader tells while it is fed, and that it ends once, behind what it was given. */
function told(feed: (reader: ChannelReader) => void, end: number): Told {
  const events: ReturnPathEvent[] = [];
  const spans: Span[] = [];
  const reader = createReturnPathReader({
    event: (event) => events.push(event),
    span: (span) => spans.push(span),
  });
  feed(reader);
  reader.finish();
  expect(events.filter(({ kind }) => kind === "return-path-end")).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ kind: "return-path-end", offset: end });
  return { events, spans };
}

/** Chunks are only lent: each is a copy that is spoilt afterwards. */
function lend(reader: ChannelReader, bytes: Uint8Array): void {
  const copy = bytes.slice();
  reader.push(copy);
  copy.fill(0x7e);
}

function whole(data: Uint8Array): Told {
  return told((reader) => lend(reader, data), data.length);
}

function partition({ spans }: Told, end: number): void {
  let at = 0;
  for (const span of spans) {
    expect(span.start, span.path).toBe(at);
    at = span.end;
  }
  expect(at).toBe(end);
}

describe("a return path", () => {
  it("has fixtures", () => {
    expect(real).toHaveLength(13);
  });

  it.each(inputs)("tells the same wherever $name is cut", ({ data }) => {
    const expected = whole(data);
    partition(expected, data.length);
    for (let cut = 1; cut < data.length; cut++)
      expect(
        told((reader) => {
          lend(reader, data.subarray(0, cut));
          lend(reader, data.subarray(cut));
        }, data.length),
      ).toEqual(expected);
    expect(
      told((reader) => {
        for (let at = 0; at < data.length; at++) lend(reader, data.subarray(at, at + 1));
      }, data.length),
    ).toEqual(expected);
  });

  it.each(inputs)("ends in order after every prefix of $name", ({ data }) => {
    for (let length = 0; length < data.length; length++) partition(whole(data.subarray(0, length)), length);
  });

  it.each(inputs)("goes on behind bytes that $name lacks", ({ data }) => {
    for (let at = 0; at < data.length; at++)
      for (const lost of [1, 7, 40, 1000]) {
        const behind = Math.min(data.length, at + lost);
        const { events } = told((reader) => {
          lend(reader, data.subarray(0, at));
          reader.lose(behind - at);
          lend(reader, data.subarray(behind));
        }, data.length);
        const rules = events.flatMap((event) => (event.kind === "finding" ? [event.finding.rule] : []));
        const bitmaps = events.filter((event) => event.kind === "message" && event.name === "RECV_BITMAP");
        expect(rules.length + bitmaps.length).toBeGreaterThan(0);
      }
  });

  it.each(inputs)("survives any damage to $name", ({ data, name }) => {
    for (let i = 0; i < 600; i++) {
      const bad = mutate(data, mulberry32(SEED + i * 7919));
      const result = whole(bad);
      partition(result, bad.length);
      expect(result.events.length, `${name}, run ${i}`).toBeLessThanOrEqual(20 + bad.length / 2);
    }
  });

  it("finds the next message that is certain behind any noise", () => {
    const tail = bytesOf("0002000400000003 0004000c000000000020100000001000 0001000400000000");
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (noise) => {
        const data = Uint8Array.from([0xff, 0xff, 0xff, 0xff, ...noise.map((byte) => byte | 0x80), ...tail]);
        const { events } = whole(data);
        const messages = events.flatMap((event) => (event.kind === "message" ? [event.name] : []));
        expect(messages).toEqual(["PONG", "REQ_PAGES", "SHUT"]);
      }),
    );
  });

  it("counts the bits of a bitmap that are missing as uncertain", () => {
    const head = bytesOf("0005000403616263 0000000000000010");
    const bits = new Uint8Array(16).fill(0xff);
    const tail = bytesOf("0123456789abcdef 0001000400000000");
    const { events } = told(
      (reader) => {
        lend(reader, head);
        lend(reader, bits.subarray(0, 5));
        reader.lose(7);
        lend(reader, bits.subarray(12));
        lend(reader, tail);
      },
      head.length + bits.length + tail.length,
    );
    expect(events).toMatchObject([
      {
        name: "RECV_BITMAP",
        value: { received: 72, missing: 0, uncertain: 56, pages: null, complete: false },
      },
      { name: "SHUT", value: 0 },
      { kind: "return-path-end", reason: "eof" },
    ]);
  });

  it("streams a bitmap of any size", () => {
    let last: ReturnPathEvent | undefined;
    const reader = createReturnPathReader({
      event: (event) => {
        if (event.kind === "message") last = event;
      },
    });
    lend(reader, bytesOf("0005000403616263 0000000000400000"));
    const chunk = new Uint8Array(1 << 20).fill(0x55);
    for (let i = 0; i < 4; i++) reader.push(chunk);
    lend(reader, bytesOf("0123456789abcdef"));
    reader.finish();
    expect(last).toMatchObject({
      value: { received: 2 ** 24, missing: 2 ** 24 - 1, uncertain: 1, complete: true },
    });
    const list =
      last?.kind === "message" && last.name === "RECV_BITMAP" ? last.value?.missingRanges : undefined;
    expect(list).toMatchObject({ omitted: 2 ** 24 - 1 - 4096, bytes: (2 ** 24 - 1) * 4096 });
    expect(list?.ranges).toHaveLength(4096);
  });
});
