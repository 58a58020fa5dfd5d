import { describe, expect, expectTypeOf, it } from "vitest";
import {
  array,
  bytes,
  choice,
  type Fields,
  fixedSize,
  flags8,
  type Infer,
  minimumSize,
  nested,
  reserved,
  size64,
  struct,
  text,
  u8,
  u16,
  u32,
  u64,
  uuid,
} from "./index.ts";

const common = { endian: "be", doc: "A table.", source: "a test" } as const;
const define =
  (fields: Fields, name = "Table") =>
  () =>
    struct({ ...common, name, fields });
const Empty = struct({ ...common, name: "Empty", fields: { maybe: bytes("", { length: 0 }) } });

const refused: [why: string, define: () => unknown, message: string][] = [
  ["a struct name in lower case", define({}, "table"), "struct name table"],
  ["a field name that would reorder", define({ 1: u8("") }), "Table.1: field name"],
  ["a field name of Object.prototype", define({ toString: u8("") }), "Table.toString: field name"],
  [
    "a reference forward",
    define({ a: bytes("", { length: { field: "b" } }), b: u8("") }),
    "Table.a: refers to b",
  ],
  ["a reference to itself", define({ a: u8("", { when: { field: "a", is: 1 } }) }), "Table.a: refers to a"],
  [
    "a length that is a bigint",
    define({ a: u64(""), b: bytes("", { length: { field: "a" } }) }),
    "not a number",
  ],
  ["a length that is text", define({ a: uuid(""), b: text("", { length: { field: "a" } }) }), "not a number"],
  ["a tag that is missing", define({ a: choice("", { tag: "b", cases: { 1: Empty } }) }), "refers to b"],
  ["a choice without cases", define({ a: u8(""), b: choice("", { tag: "a", cases: {} }) }), "no cases"],
  [
    "a context without a description",
    define({ a: u8("", { when: { context: "x" } }) }),
    "context x is not described",
  ],
  ["a bit that is two bits", define({ a: flags8("", { bits: { 3: { name: "X", doc: "" } } }) }), "bit 3"],
  ["a bit beyond the field", define({ a: flags8("", { bits: { 256: { name: "X", doc: "" } } }) }), "bit 256"],
  ["a low bit of zero", define({ a: u64("", { low: { 0: { name: "X", doc: "" } } }) }), "bit 0"],
  ["a negative length", define({ a: bytes("", { length: -1 }) }), "length -1"],
  [
    "half a byte",
    define({ a: u8(""), b: bytes("", { length: { field: "a", times: 0.5 } }) }),
    "not a whole number",
  ],
  [
    "items of no bytes",
    define({ a: u8(""), b: array("", { of: Empty, count: { field: "a" } }) }),
    "may take no bytes",
  ],
];

describe("struct refuses", () => {
  it.each(refused)("%s", (_, attempt, message) => {
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(message);
  });
});

const Inner = struct({ ...common, name: "Inner", fields: { x: u16("") } });
const Other = struct({ ...common, name: "Other", fields: { y: u64("") } });
const All = struct({
  ...common,
  name: "All",
  context: { wide: "Wide." },
  fields: {
    tag: u8("A tag."),
    count: u32("A count.", { format: "hex" }),
    size: size64(""),
    flags: flags8("", { bits: { 1: { name: "ON", doc: "" } } }),
    long: u64(""),
    id: uuid(""),
    label: text("", { length: 4 }),
    blob: bytes("", { length: { field: "tag" } }),
    pad: reserved("", { length: 2 }),
    inner: nested("", { of: Inner }),
    items: array("", { of: Inner, count: { field: "tag" } }),
    strict: choice("", { tag: "tag", cases: { 1: Inner, 2: Other } }),
    open: choice("", { tag: "tag", cases: { 1: Inner }, otherwise: 3 }),
    maybe: u64("", { when: { context: "wide" } }),
    maybePad: reserved("", { length: 1, when: { field: "tag", is: 2 } }),
  },
});

describe("Infer", () => {
  it("names a type for every kind", () => {
    expectTypeOf<Infer<typeof All>>().toEqualTypeOf<{
      readonly tag: number;
      readonly count: number;
      readonly size: number;
      readonly flags: number;
      readonly long: bigint;
      readonly id: string;
      readonly label: string;
      readonly blob: Uint8Array;
      readonly inner: Infer<typeof Inner>;
      readonly items: readonly Infer<typeof Inner>[];
      readonly strict: Infer<typeof Inner> | Infer<typeof Other>;
      readonly open: Infer<typeof Inner> | Uint8Array;
      readonly maybe?: bigint;
      readonly $extra?: Readonly<Record<string, Uint8Array>>;
    }>();
  });

  it("makes conditional fields optional and leaves reserved ones out", () => {
    type Value = Infer<typeof All>;
    expectTypeOf<Pick<Value, "maybe">>().toEqualTypeOf<{ readonly maybe?: bigint }>();
    expectTypeOf<Extract<keyof Value, "pad" | "maybePad">>().toBeNever();
    expectTypeOf<Infer<typeof Inner>>().toExtend<{ readonly x: number }>();
  });

  it("asks for the options a kind cannot do without", () => {
    // @ts-expect-error a length is needed
    expect(bytes("").length).toBeUndefined();
    // @ts-expect-error so are cases
    expect(choice("", { tag: "a" }).cases).toBeUndefined();
    expect(u8("")).toEqual({ kind: "u8", doc: "" });
  });
});

it("knows how many bytes a struct takes", () => {
  expect([fixedSize(Inner), minimumSize(Inner)]).toEqual([2, 2]);
  expect([fixedSize(All), minimumSize(All)]).toEqual([undefined, 1 + 4 + 8 + 1 + 8 + 16 + 4 + 2 + 2 + 2]);
});
