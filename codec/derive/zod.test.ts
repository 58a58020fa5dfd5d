import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { ChoiceOpen, ChoiceStrict, Conditions, NumbersBig, Octets } from "../../test/tables.ts";
import { type Infer, reserved, type StructDef, struct, u8 } from "../layout/index.ts";
import { zodOf } from "./index.ts";

const numbers = { tiny: 1, small: 2, medium: 3, large: "18446744073709551615", size: "9007199254740991" };

it("has the decoded value as its type", () => {
  expectTypeOf(z.decode(zodOf(NumbersBig), numbers)).toEqualTypeOf<Infer<typeof NumbersBig>>();
});

it("shows 64-bit numbers as decimal strings", () => {
  const value = { tiny: 1, small: 2, medium: 3, large: 2n ** 64n - 1n, size: Number.MAX_SAFE_INTEGER };
  expect(z.decode(zodOf(NumbersBig), numbers)).toEqual(value);
  expect(z.encode(zodOf(NumbersBig), value)).toEqual(numbers);
});

it("picks the case by the tag, not by the shape", () => {
  const schema = zodOf(ChoiceStrict);
  const body = { length: 1, value: "7" };
  expect(z.decode(schema, { tag: 2, body })).toEqual({ tag: 2, body: { length: 1, value: "7" } });
  expect(z.decode(schema, { tag: 3, body })).toEqual({ tag: 3, body: { length: 1, value: 7n } });
});

it("takes an absent tag for 0 and an unlisted one for bytes", () => {
  const schema = zodOf(ChoiceOpen);
  const third = "0102";
  const named = { version: 0, length: 1, body: { length: 1, value: "x" }, third };
  expect(z.decode(schema, named)).toMatchObject({ body: { value: "x" } });
  const unknown = z.decode(schema, { version: 1, tag: 77, length: 2, body: "abcd", third });
  expect(unknown).toMatchObject({ tag: 77, body: Uint8Array.of(0xab, 0xcd) });
});

it("keeps reserved bytes under $extra", () => {
  const def = struct({
    ...{ name: "Padded", endian: "be", doc: "", source: "" },
    fields: { a: u8(""), pad: reserved("", { length: 2 }) },
  });
  expect(z.decode(zodOf(def), { a: 1, $extra: { pad: "00ff" } })).toEqual({
    a: 1,
    $extra: { pad: Uint8Array.of(0, 255) },
  });
  expect(z.safeDecode(zodOf(def), { a: 1, $extra: { pad: "00" } }).success).toBe(false);
  expect(z.safeDecode(zodOf(def), { a: 1, $extra: { other: "00" } }).success).toBe(false);
});

const refused: [what: string, def: StructDef, json: Record<string, unknown>][] = [
  ["an unknown key", NumbersBig, { ...numbers, more: 1 }],
  ["a missing key", NumbersBig, { tiny: 1 }],
  ["a number out of range", NumbersBig, { ...numbers, tiny: 256 }],
  ["a fraction", NumbersBig, { ...numbers, tiny: 0.5 }],
  ["a number where a decimal string belongs", NumbersBig, { ...numbers, large: 1 }],
  ["a hexadecimal string", NumbersBig, { ...numbers, large: "0x10" }],
  ["2^64", NumbersBig, { ...numbers, large: "18446744073709551616" }],
  ["a size of 2^53", NumbersBig, { ...numbers, size: "9007199254740992" }],
  ["an unlisted tag", ChoiceStrict, { tag: 4, body: "" }],
  ["the body of another case", ChoiceStrict, { tag: 1, body: { length: 1, value: "7" } }],
  ["a listed tag with bytes", ChoiceOpen, { version: 1, tag: 1, length: 0, body: "", third: "0000" }],
  ["a UUID that is none", Conditions, { version: 1, flags: 4, id: "x", bits: 0 }],
  ["hex in capitals", Octets, { digest: "AB".repeat(20) }],
];

describe("zodOf refuses", () => {
  it.each(refused)("%s", (_, def, json) => {
    expect(z.safeParse(zodOf(def), json).success).toBe(false);
  });
});

it("becomes a JSON Schema of the input", () => {
  expect(z.toJSONSchema(zodOf(NumbersBig), { io: "input" })).toMatchObject({
    type: "object",
    additionalProperties: false,
    required: ["tiny", "small", "medium", "large", "size"],
    properties: {
      tiny: { type: "integer", minimum: 0, maximum: 255, description: "One byte." },
      large: { type: "string" },
    },
  });
});
