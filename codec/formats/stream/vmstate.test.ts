import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldDescription, StateDescription } from "./vmdesc.ts";
import { type DecodedState, decodeState, type StateSpan } from "./vmstate.ts";

const field = (
  name: string,
  type: string,
  size: number,
  more: Partial<FieldDescription> = {},
): FieldDescription => ({ name, type, size, ...more });
const state = (
  fields: FieldDescription[],
  subsections: StateDescription[] = [],
  name = "dev",
): StateDescription => ({ name, version: 1, fields, subsections });
const bytes = (hex: string) =>
  Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (byte) => Number.parseInt(byte, 16));
const decode = (description: StateDescription, hex: string) =>
  decodeState(description, bytes(hex), { base: 100, path: "dev" });

/** Decodes with and without a trace; the spans must partition what was consumed. */
function traced(description: StateDescription, payload: Uint8Array, base = 0): DecodedState {
  const spans: StateSpan[] = [];
  const decoded = decodeState(description, payload, { base, path: "dev", trace: (span) => spans.push(span) });
  expect(decodeState(description, payload, { base, path: "dev" })).toEqual(decoded);
  let end = base;
  for (const span of spans) {
    expect(span.start).toBe(end);
    expect(span.end).toBeGreaterThan(span.start);
    end = span.end;
  }
  expect(end).toBe(base + decoded.consumed);
  return decoded;
}

describe("decodeState", () => {
  it.each<[string, string, unknown]>([
    ["int8", "ff", -1],
    ["uint8", "ff", 255],
    ["uint8 equal", "ff", 255],
    ["int16", "8000", -32768],
    ["uint16", "8000", 32768],
    ["uint16 equal", "8000", 32768],
    ["int32", "fffffffe", -2],
    ["int32 equal", "fffffffe", -2],
    ["int32 le", "00000102", 258],
    ["uint32", "fffffffe", 4294967294],
    ["uint32 equal", "fffffffe", 4294967294],
    ["int64", "fffffffffffffffe", "-2"],
    ["uint64", "fffffffffffffffe", "18446744073709551614"],
    ["int64 equal", "fffffffffffffffe", "18446744073709551614"],
    ["bool", "00", false],
    ["bool", "02", true],
    ["nullptr", "30", null],
    ["ptr-marker", "30", null],
    ["ptr-marker", "31", true],
    ["capability", "036d7563", "muc"],
    ["capability", "01ff", "\udcff"],
    ["buffer", "00ff10", "00ff10"],
    ["timer", "0000000000000001", "0000000000000001"],
    ["virtio", "", ""],
    ["uint32", "010203", "010203"],
    ["constructor", "01", "01"],
  ])("%s %s", (type, hex, value) => {
    const { fields, consumed, problem } = traced(state([field("f", type, hex.length / 2)]), bytes(hex));
    expect([fields, consumed, problem]).toEqual([{ f: value }, hex.length / 2, undefined]);
  });

  it("unfolds arrays, of structs too", () => {
    const inner = state([field("a", "uint8", 1), field("b", "uint8", 1, { arrayLength: 2 })]);
    const fields = [
      field("s", "struct", 3, { arrayLength: 2, struct: inner }),
      field("none", "uint8", 1, { arrayLength: 0 }),
    ];
    expect(traced(state(fields), bytes("010203040506")).fields).toEqual({
      s: [
        { a: 1, b: [2, 3] },
        { a: 4, b: [5, 6] },
      ],
      none: [],
    });
  });

  it("collects what has one name", () => {
    const struct = state([field("a", "uint8", 1)]);
    const fields = [
      field("css", "nullptr", 1, { arrayLength: 2 }),
      field("css", "struct", 1, { struct }),
      field("css", "nullptr", 1),
      field("i", "struct", 1, { index: 0, struct }),
      field("i", "struct", 1, { index: 1, struct }),
      field("one", "vstruct", 1, { index: 0, struct }),
    ];
    const paths: string[] = [];
    const payload = bytes("303007300a0b0c");
    const { fields: found } = decodeState(state(fields), payload, {
      base: 0,
      path: "dev",
      trace: ({ path }) => paths.push(path),
    });
    expect(found).toEqual({ css: [null, null, { a: 7 }, null], i: [{ a: 10 }, { a: 11 }], one: { a: 12 } });
    expect(paths.join(" ")).toBe(
      "dev.css[0] dev.css[1] dev.css[2].a dev.css[3] dev.i[0].a dev.i[1].a dev.one[0].a",
    );
  });

  it("reads subsections within subsections", () => {
    const inner = state([field("x", "uint16", 2)], [], "dev/a/b");
    const outer = state([field("y", "uint8", 1)], [inner], "dev/a");
    const payload = `01 05 05 6465762f61 00000002 07 05 07 6465762f612f62 00000001 0102`;
    const { fields, consumed } = traced(state([field("z", "uint8", 1)], [outer]), bytes(payload), 1000);
    expect(JSON.stringify(fields)).toBe('{"z":1,"dev/a":{"y":7,"dev/a/b":{"x":258}}}');
    expect(consumed).toBe(28);
  });

  it.each<[string, StateDescription, string, object]>([
    [
      "short integer",
      state([field("a", "uint8", 1), field("b", "uint32", 4)]),
      "010203",
      { offset: 101, path: "dev.b", need: 4, have: 2 },
    ],
    [
      "short array",
      state([field("a", "uint16", 2, { arrayLength: 9 })]),
      "000100",
      { offset: 102, path: "dev.a[1]", need: 2, have: 1 },
    ],
    [
      "short text",
      state([field("c", "capability", 5)]),
      "0561",
      { offset: 100, path: "dev.c", need: 6, have: 2 },
    ],
    [
      "no pointer",
      state([field("n", "nullptr", 1)]),
      "00",
      { offset: 100, path: "dev.n", expected: "0x30", found: "00" },
    ],
    [
      "no marker",
      state([field("n", "ptr-marker", 1)]),
      "32",
      { offset: 100, expected: "0x30 or 0x31", found: "32" },
    ],
    [
      "no subsection",
      state([], [state([], [], "dev/a")]),
      "04056465762f6100000001",
      { offset: 100, path: "dev.dev/a.SubsectionHeader.type", expected: "0x5", found: "0x4" },
    ],
    [
      "other subsection",
      state([], [state([], [], "dev/a")]),
      "05056465762f6200000001",
      { offset: 102, path: "dev.dev/a.SubsectionHeader.idstr", expected: "dev/a", found: "dev/b" },
    ],
    ["cut subsection", state([], [state([], [], "dev/a")]), "05056465", { offset: 102, need: 5, have: 2 }],
    ["odd size", state([field("f", "buffer", 0.5)]), "00", { offset: 100, need: 0.5 }],
    ["negative size", state([field("f", "buffer", -1)]), "00", { offset: 100, need: -1 }],
  ])("keeps what it has before a problem: %s", (_name, description, hex, problem) => {
    expect(decode(description, hex).problem).toMatchObject(problem);
    expect(traced(description, bytes(hex)).problem).toBeDefined();
  });

  it("returns the fields before the problem, nested ones too", () => {
    const inner = state([field("a", "uint8", 1), field("b", "uint32", 4)]);
    const { fields, consumed } = decode(
      state([field("s", "struct", 5, { arrayLength: 3, struct: inner })]),
      "01000000020304",
    );
    expect(fields).toEqual({ s: [{ a: 1, b: 2 }, { a: 3 }] });
    expect(consumed).toBe(6);
  });

  it("shows long bytes by their beginning", () => {
    const payload = new Uint8Array(65_537).fill(0xab);
    const { fields } = traced(state([field("a", "buffer", 65_537)]), payload);
    expect(fields).toEqual({ a: { bytes: 65_537, head: "ab".repeat(256) } });
    expect(traced(state([field("a", "buffer", 65_536)]), payload).fields).toEqual({ a: "ab".repeat(65_536) });
  });

  it("does not mind names that mean something in JavaScript", () => {
    const struct = state([field("__proto__", "uint8", 1)]);
    const names = ["__proto__", "constructor", "toString", "__proto__", "hasOwnProperty", "length"];
    const description = state(names.map((name) => field(name, "struct", 1, { struct })));
    const { fields } = traced(description, bytes("010203040506"));
    expect(JSON.stringify(fields)).toBe(
      '{"__proto__":[{"__proto__":1},{"__proto__":4}],"constructor":{"__proto__":2},"toString":{"__proto__":3},"hasOwnProperty":{"__proto__":5},"length":{"__proto__":6}}',
    );
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
  });

  it("bounds what a description can ask for", () => {
    const MOST = 0x7fffffff;
    const empty = state([]);
    const wide = state([field("e", "struct", 0, { arrayLength: MOST, struct: empty })]);
    const loop: { -readonly [K in keyof StateDescription]: StateDescription[K] } = state([]);
    loop.fields = [field("f", "struct", 0, { struct: loop })];
    const hostile = [
      wide,
      state([field("a", "buffer", 0, { arrayLength: MOST })]),
      state([field("a", "struct", 0, { arrayLength: MOST, struct: wide })]),
      state([
        field("a", "struct", 0, {
          arrayLength: MOST,
          struct: state(Array(5000).fill(field("n", "uint8", 1, { arrayLength: 0 }))),
        }),
      ]),
      state([field("a", "uint64", 8, { arrayLength: MOST })]),
      state([field("a", "buffer", 0xffffffff, { arrayLength: MOST })]),
      loop,
      { ...empty, subsections: Array(100).fill(loop) },
    ];
    for (const description of hostile) {
      const start = process.cpuUsage().user;
      const before = process.memoryUsage().heapUsed;
      const { problem } = decodeState(description, new Uint8Array(100), { base: 0, path: "dev" });
      expect(problem).toBeDefined();
      expect(process.cpuUsage().user - start).toBeLessThan(1e6);
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(16 << 20);
    }
    const { fields, problem, consumed } = decodeState(
      state([field("a", "uint8", 1, { arrayLength: MOST })]),
      new Uint8Array(1 << 20),
      {
        base: 0,
        path: "dev",
      },
    );
    expect([(fields.a as unknown[]).length, consumed, problem?.path]).toEqual([1 << 19, 1 << 19, "dev"]);
  });

  it("never throws, and its spans partition what it consumed", () => {
    const type = fc.constantFrom(
      "uint8",
      "int32",
      "uint64",
      "bool",
      "nullptr",
      "ptr-marker",
      "capability",
      "buffer",
      "timer",
    );
    const name = fc.constantFrom("a", "b", "c", "__proto__");
    const { node } = fc.letrec<{ node: StateDescription; field: FieldDescription }>((tie) => ({
      node: fc.record({
        name: fc.constantFrom("a", "b"),
        fields: fc.array(tie("field"), { maxLength: 4 }),
        subsections: fc.array(tie("node"), { maxLength: 1, depthIdentifier: "d" }),
      }),
      field: fc.oneof(
        { maxDepth: 3, depthIdentifier: "d" },
        fc.record({ name, type, size: fc.nat(8), arrayLength: fc.nat(3) }),
        fc.record({ name, type, size: fc.nat(8) }),
        fc.record({
          name,
          type: fc.constant("struct"),
          size: fc.nat(8),
          struct: tie("node"),
          arrayLength: fc.nat(3),
        }),
      ),
    }));
    const payload = fc.array(fc.constantFrom(0x05, 0x01, 0x61, 0x30, 0x00, 0xff), { maxLength: 200 });
    fc.assert(
      fc.property(node, payload, (description, data) => void traced(description, Uint8Array.from(data))),
    );
  });
});
