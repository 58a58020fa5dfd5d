import { describe, expect, it } from "vitest";
import { dump, type Gap, spansWithGaps } from "./dump.ts";
import {
  type Field,
  flags16,
  bytes as octets,
  reserved,
  type Span,
  size64,
  text,
  u8,
  u32,
  u64,
  uuid,
} from "./index.ts";
import { renderValue } from "./render.ts";
import type { Value } from "./struct.ts";

const Kind = { 1: { name: "START", doc: "" } };
const Bits = { 0x2: { name: "ZERO", doc: "" }, 0x100: { name: "HIGH", doc: "" } };

const rendered: [field: Field, value: Value, text: string][] = [
  [u8(""), 10, "10"],
  [u8("", { format: "hex" }), 10, "0x0a"],
  [u8("", { values: Kind }), 1, "1 (START)"],
  [u8("", { values: Kind, format: "hex" }), 9, "0x09 (unknown)"],
  [u32("", { unit: "pages" }), 3, "3 pages"],
  [size64("", { format: "hex" }), 255, "0xff"],
  [flags16("", { bits: Bits }), 0, "0x0000"],
  [flags16("", { bits: Bits }), 0x102, "0x0102 (ZERO | HIGH)"],
  [flags16("", { bits: Bits }), 0x8002, "0x8002 (ZERO | 0x8000)"],
  [u64(""), 2n ** 64n - 1n, "18446744073709551615"],
  [u64("", { low: Bits }), 0x1002n, "0x0000000000001000 + 0x2 (ZERO)"],
  [u64("", { low: Bits }), 0x1000n, "0x0000000000001000 + 0x0"],
  [uuid(""), "00112233-4455-6677-8899-aabbccddeeff", "00112233-4455-6677-8899-aabbccddeeff"],
  [text("", { length: 1 }), 'a"\\\n\x1b\udc80\u202e\u0085é', '"a\\"\\\\\\x0a\\x1b\\x80\\u{202e}\\u{85}é"'],
  [text("", { length: 1 }), "x".repeat(100), `"${"x".repeat(80)}..." (100 characters)`],
  [octets("", { length: 1 }), Uint8Array.of(1, 0xab), "01ab"],
  [octets("", { length: 1 }), new Uint8Array(20), `${"00".repeat(16)}... (20 bytes)`],
  [reserved("", { length: 2 }), new Uint8Array(2), "zero"],
  [reserved("", { length: 2 }), Uint8Array.of(0, 1), "0001"],
];

describe("renderValue", () => {
  it.each(rendered)("%o %s", (field, value, wanted) => {
    expect(renderValue(field, value)).toBe(wanted);
  });
});

const span = (path: string, start: number, end: number): Span => ({
  path,
  start,
  end,
  value: 1,
  field: u8(""),
});
const shape = (rows: readonly (Span | Gap)[]) =>
  rows.map(({ path, start, end }) => `${path} ${start}-${end}`);

describe("spansWithGaps", () => {
  it("names what is not mapped, in order of offset", () => {
    expect(shape(spansWithGaps([span("b", 6, 8), span("a", 2, 4)], 0, 10, "hole"))).toEqual([
      "hole 0-2",
      "a 2-4",
      "hole 4-6",
      "b 6-8",
      "hole 8-10",
    ]);
    expect(shape(spansWithGaps([], 3, 5))).toEqual(["unmapped 3-5"]);
    expect(spansWithGaps([], 3, 3)).toEqual([]);
  });

  it.each([
    ["an overlap", [span("a", 0, 4), span("b", 3, 5)]],
    ["a span before the range", [span("a", -1, 2)]],
    ["a span past the range", [span("a", 8, 11)]],
    ["a span that ends before it starts", [span("a", 4, 3)]],
  ])("refuses %s", (_, spans) => {
    expect(() => spansWithGaps(spans, 0, 10)).toThrow(TypeError);
  });
});

it("dumps a line for each span and gap", () => {
  const data = Uint8Array.from({ length: 20 }, (_, i) => i);
  const long = {
    ...span("Head.blob", 103, 117),
    field: octets("", { length: 14 }),
    value: data.subarray(3, 17),
  };
  expect(dump(data, [span("Head.type", 100, 101), long], { base: 100 })).toEqual([
    "00000064  00                       Head.type  1",
    "00000065  01 02                    unmapped  2 bytes",
    "00000067  03 04 05 06 +10          Head.blob  030405060708090a0b0c0d0e0f10",
    "00000075  11 12 13                 unmapped  3 bytes",
  ]);
  expect(dump(data.subarray(0, 1), [], { base: 2 ** 32 })[0]).toMatch(/^100000000 {2}00 /);
});
