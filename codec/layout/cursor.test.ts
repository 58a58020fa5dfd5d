import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StreamCursor } from "./cursor.ts";
import { DecodeError } from "./errors.ts";
import { type Steps, struct, text, u8, u16 } from "./index.ts";

const Named = struct({
  name: "Named",
  endian: "be",
  doc: "A struct whose length is in it.",
  source: "none",
  fields: {
    mark: u16("Any number."),
    length: u8("Bytes of name."),
    name: text("Any text.", { length: { field: "length" } }),
  },
});

type Move =
  | { readonly kind: "need" | "upTo" | "take" | "skip" | "limit"; readonly count: number }
  | { readonly kind: "struct" | "unlimit" };

const moves = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom(
        "need" as const,
        "upTo" as const,
        "take" as const,
        "skip" as const,
        "limit" as const,
      ),
      count: fc.nat(40),
    }),
    fc.record({ kind: fc.constantFrom("struct" as const, "unlimit" as const) }),
  ),
  { maxLength: 30 },
);
const input = fc.uint8Array({ maxLength: 200 });
const START = 1000;

/** Does one move and says what came of it. */
function* perform(cursor: StreamCursor, move: Move): Steps<unknown> {
  switch (move.kind) {
    case "need":
      yield* cursor.need(move.count, "x");
      return [...cursor.bytes.subarray(cursor.at, cursor.at + move.count)];
    case "upTo": {
      const have = yield* cursor.upTo(move.count);
      return [...cursor.bytes.subarray(cursor.at, cursor.at + have)];
    }
    case "take": {
      const have = yield* cursor.upTo(move.count);
      const seen = [...cursor.bytes.subarray(cursor.at, cursor.at + have)];
      if (have > 0 && cursor.view.getUint8(cursor.at) !== seen[0])
        throw new Error("the view shows other bytes");
      cursor.at += have;
      return seen;
    }
    case "skip":
      yield* cursor.skip(move.count, "x");
      return null;
    case "limit":
      cursor.limit = cursor.offset + move.count;
      return null;
    case "unlimit":
      cursor.limit = Number.POSITIVE_INFINITY;
      return null;
    case "struct":
      return yield* cursor.struct(Named);
  }
}

/** The same on a plain array, with everything at hand. */
function expected(data: Uint8Array, state: { at: number; limit: number }, move: Move): unknown {
  const end = Math.min(data.length, state.limit);
  const left = end - state.at;
  switch (move.kind) {
    case "need":
      return move.count <= left
        ? [...data.subarray(state.at, state.at + move.count)]
        : lack(state.at, move.count, left);
    case "upTo":
    case "take": {
      const seen = [...data.subarray(state.at, Math.min(end, state.at + move.count))];
      if (move.kind === "take") state.at += seen.length;
      return seen;
    }
    case "skip": {
      const from = state.at;
      state.at += Math.min(left, move.count);
      return move.count <= left ? null : lack(from, move.count, left);
    }
    case "limit":
      state.limit = state.at + move.count;
      return null;
    case "unlimit":
      state.limit = Number.POSITIVE_INFINITY;
      return null;
    case "struct": {
      if (left < 2) return lack(state.at, 2, left);
      if (left < 3) return lack(state.at + 2, 1, 0);
      const [high = 0, low = 0, length = 0] = data.subarray(state.at);
      if (left < 3 + length) return lack(state.at + 3, length, left - 3);
      state.at += 3 + length;
      return { mark: high * 256 + low, length };
    }
  }
}

function lack(offset: number, need: number, have: number): string {
  return `${offset + START}: ${need} of ${have}`;
}

function* attempt(cursor: StreamCursor, move: Move): Steps<unknown> {
  try {
    const result = yield* perform(cursor, move);
    if (move.kind !== "struct") return result;
    const { mark, length } = result as { mark: number; length: number };
    return { mark, length };
  } catch (error) {
    if (!(error instanceof DecodeError) || error.code !== "truncated") throw error;
    return `${error.offset}: ${error.need} of ${error.have}`;
  }
}

/** Feeds pieces of the given sizes, over and over; each is spoilt once the cursor asks for more. */
function drive(data: Uint8Array, sizes: readonly number[], seek: boolean, list: readonly Move[]) {
  const cursor = new StreamCursor(START);
  const results: unknown[] = [];
  const offsets: number[] = [];
  function* run(): Steps {
    for (const move of list) {
      results.push(yield* attempt(cursor, move));
      offsets.push(cursor.offset);
    }
  }
  const steps = run();
  let at = 0;
  let chunk = new Uint8Array(0);
  for (let i = 0; !steps.next().done; i++) {
    chunk.fill(0xee);
    const jump = seek ? Math.min(cursor.skippable, data.length - at) : 0;
    cursor.skipped(jump);
    at += jump;
    chunk = data.slice(at, at + (sizes[i % sizes.length] ?? 1));
    at += chunk.length;
    if (chunk.length > 0) cursor.push(chunk);
    else if (cursor.ended) throw new Error("asks for more after the end");
    else cursor.finish();
  }
  return { results, offsets };
}

describe("a cursor over pieces", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 });

  it("reads as if the input were one array", () => {
    fc.assert(
      fc.property(input, sizes, fc.boolean(), moves, (data, pieces, seek, list) => {
        const state = { at: 0, limit: Number.POSITIVE_INFINITY };
        const results: unknown[] = [];
        const offsets: number[] = [];
        for (const move of list) {
          results.push(expected(data, state, move));
          offsets.push(START + state.at);
        }
        expect(drive(data, pieces, seek, list)).toEqual({ results, offsets });
      }),
      { numRuns: 5000 },
    );
  });

  it("knows where the input ends, whatever has been read of it", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 2, maxLength: 100 }),
        fc.nat(100),
        fc.nat(100),
        (data, cut, count) => {
          const cursor = new StreamCursor(START);
          const steps = cursor.need(count, "x");
          steps.next();
          const first = data.subarray(0, 1 + (cut % (data.length - 1)));
          cursor.push(first);
          expect(cursor.inputEnd).toBe(START + first.length);
          const asksForMore = steps.next().done !== true;
          expect(asksForMore).toBe(count > first.length);
          if (!asksForMore) return;
          cursor.push(data.subarray(first.length));
          expect(cursor.inputEnd).toBe(START + data.length);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("refuses a struct that says it is longer than any", () => {
    const Long = struct({
      name: "Long",
      endian: "be",
      doc: "Too long.",
      source: "none",
      fields: { a: u16("High."), body: text("Body.", { length: { field: "a", times: 65_536 } }) },
    });
    const cursor = new StreamCursor(7);
    cursor.push(Uint8Array.of(0xff, 0xff, 1, 2));
    expect(() => cursor.struct(Long).next()).toThrow(/Long.body at 0x9: expected at most 1048576 bytes/);
  });
});
