import { describe, expect, it } from "vitest";
import { errorOf } from "../../test/check-table.ts";
import { Arrays, ChoiceStrict, Constants, NumbersBig, Octets } from "../../test/tables.ts";
import {
  type DecodeErrorDetail,
  decode,
  encode,
  hexBytes,
  type StructDef,
  type StructValue,
} from "./index.ts";

const zeros = (count: number) => "00".repeat(count);

const refusedBytes: [
  what: string,
  def: StructDef,
  hex: string,
  detail: Partial<DecodeErrorDetail>,
  message: string,
][] = [
  [
    "a number cut short",
    NumbersBig,
    "0000",
    { code: "truncated", offset: 1, need: 2, have: 1 },
    "NumbersBig.small at 0x1: needs 2 bytes, 1 left",
  ],
  [
    "nothing at all",
    NumbersBig,
    "",
    { code: "truncated", offset: 0, need: 1, have: 0 },
    "NumbersBig.tiny at 0x0: needs 1 bytes, 0 left",
  ],
  [
    "a wrong constant",
    Constants,
    "5145564e",
    { code: "constant-mismatch", expected: "0x5145564d", found: "0x5145564e" },
    "Constants.magic at 0x0: expected 0x5145564d, found 0x5145564e",
  ],
  [
    "a size of 2^53",
    NumbersBig,
    `${zeros(15)}0020000000000000`,
    { code: "number-too-large", offset: 15 },
    "NumbersBig.size at 0xf: expected below 2^53, found 9007199254740992",
  ],
  [
    "a length below zero",
    Octets,
    zeros(49),
    { code: "length-out-of-bounds", offset: 49, found: "-1" },
    "Octets.rest at 0x31: expected 0 or more, found -1",
  ],
  [
    "a count below zero",
    Arrays,
    zeros(14),
    { code: "length-out-of-bounds", offset: 14 },
    "Arrays.more at 0xe: expected 0 or more, found -1",
  ],
  [
    "a count of 2^32",
    Arrays,
    "ffffffff00",
    { code: "truncated", offset: 4, need: 0xffffffff, have: 1 },
    "Arrays.items at 0x4: needs 4294967295 bytes, 1 left",
  ],
  [
    "an unknown tag",
    ChoiceStrict,
    "0007",
    { code: "tag-unknown", offset: 2, found: "7" },
    "ChoiceStrict.body at 0x2: expected tag one of 1, 2, 3, 9, found 7",
  ],
  [
    "a field of a case",
    ChoiceStrict,
    "000241",
    { code: "truncated", offset: 3, need: 65 },
    "ChoiceStrict.body.value at 0x3: needs 65 bytes, 0 left",
  ],
  [
    "bytes left over",
    ChoiceStrict,
    "0001000000000909",
    { code: "trailing-bytes", offset: 6 },
    "ChoiceStrict at 0x6: expected the end, found 2 more bytes",
  ],
];

describe("decode refuses", () => {
  it.each(refusedBytes)("%s", (_, def, hex, detail, message) => {
    const error = errorOf(() => decode(def, hexBytes(hex)));
    expect(error).toMatchObject({ ...detail, message, name: "DecodeError" });
  });

  it("with the absolute offset and the container's path", () => {
    const error = errorOf(() =>
      decode(ChoiceStrict, hexBytes("ff0007"), { at: 1, base: 2 ** 40, within: "sections[3]" }),
    );
    expect(error).toMatchObject({ offset: 2 ** 40 + 3, path: "sections[3].ChoiceStrict.body" });
    const left = errorOf(() => decode(ChoiceStrict, hexBytes("00010000000000"), { within: "a[0]" }));
    expect(left.path).toBe("a[0].ChoiceStrict");
  });
});

const good = { tiny: 1, small: 2, medium: 3, large: 4n, size: 5 };

const refusedValues: [what: string, def: StructDef, value: unknown, message: string][] = [
  ["a number out of range", NumbersBig, { ...good, tiny: 256 }, "NumbersBig.tiny: not a number of 8 bits"],
  ["a fraction", NumbersBig, { ...good, tiny: 1.5 }, "integer"],
  ["a number for a bigint", NumbersBig, { ...good, large: 4 }, "NumbersBig.large: not a bigint of 64 bits"],
  ["a size beyond 2^53", NumbersBig, { ...good, size: 2 ** 53 }, "NumbersBig.size: not a number of 64 bits"],
  ["a missing field", NumbersBig, { tiny: 1 }, "NumbersBig.small: not a number of 16 bits"],
  ["a wrong constant", Constants, { magic: 1 }, "Constants.magic: must be 0x5145564d"],
  ["text of another length", Octets, { name: "four" }, "Octets.name: 4 bytes where 5 are declared"],
  ["bytes that are not", Octets, { name: "fives", nothing: [] }, "Octets.nothing: not bytes"],
  ["items that are not there", Arrays, { count: 1, items: [] }, "Arrays.items: 0 items where 1 are declared"],
  ["items that are no array", Arrays, { count: 1, items: {} }, "Arrays.items: not an array"],
  ["an item that is no object", Arrays, { count: 1, items: [7] }, "Arrays.items[0]: not an object"],
  ["a tag without a case", ChoiceStrict, { tag: 7 }, "ChoiceStrict.body: no case for tag 7"],
];

describe("encode refuses", () => {
  it.each(refusedValues)("%s", (_, def, value, message) => {
    expect(() => encode(def, value as StructValue)).toThrow(message);
  });
});
