import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText, encodeText, hexBytes, hexText, uuidBytes, uuidText } from "./index.ts";

const exact: [text: string, hex: string][] = [
  ["", ""],
  ["pc.ram", "70632e72616d"],
  ["\0\x7f", "007f"],
  ["é", "c3a9"],
  ["\u07ff\u0800", "dfbfe0a080"],
  ["\ud7ff\ue000\uffff", "ed9fbfee8080efbfbf"],
  ["\ufeffx", "efbbbf78"],
  ["\u{10000}\u{10ffff}", "f0908080f48fbfbf"],
];

const notUtf8: [what: string, hex: string][] = [
  ["a lone continuation", "80"],
  ["a lone leading byte", "c3"],
  ["a sequence cut short", "e282"],
  ["a sequence broken off", "e28241"],
  ["overlong in two bytes", "c0afc1bf"],
  ["overlong in three bytes", "e0809fe09fbf"],
  ["overlong in four bytes", "f0808080f08fbfbf"],
  ["a high surrogate", "eda080"],
  ["a low surrogate, as decodeText makes them", "edb280"],
  ["beyond U+10FFFF", "f4908080f5808080"],
  ["never in UTF-8", "feff"],
];

describe("text", () => {
  it.each(exact)("%j is %s", (text, hex) => {
    expect(decodeText(hexBytes(hex))).toBe(text);
    expect(hexText(encodeText(text))).toBe(hex);
  });

  it.each(notUtf8)("keeps %s", (_, hex) => {
    const text = decodeText(hexBytes(hex));
    const escapes = Array.from(hexBytes(hex), (byte) => (byte < 0x80 ? byte : 0xdc00 + byte));
    expect(text).toBe(String.fromCharCode(...escapes));
    expect(hexText(encodeText(text))).toBe(hex);
  });

  it("loses no byte", () => {
    const any = fc.uint8Array({ maxLength: 64, size: "max" });
    const tricky = fc.array(fc.constantFrom(0x41, 0x80, 0x9f, 0xa0, 0xbf, 0xc3, 0xe0, 0xed, 0xf0, 0xf4), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.oneof(any, tricky.map(Uint8Array.from.bind(Uint8Array))), (bytes) => {
        expect(encodeText(decodeText(bytes))).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it("agrees with TextDecoder on what is UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const bytes = new TextEncoder().encode(text);
        expect(decodeText(bytes)).toBe(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
      }),
    );
  });
});

it("spells a UUID in lower case", () => {
  const text = "00112233-4455-6677-8899-aabbccddeeff";
  expect(uuidText(hexBytes("00112233445566778899aabbccddeeff"))).toBe(text);
  expect(hexText(uuidBytes(text.toUpperCase()))).toBe("00112233445566778899aabbccddeeff");
});
