import {
  array,
  bytes,
  choice,
  flags8,
  flags16,
  flags32,
  nested,
  reserved,
  type StructDef,
  size64,
  struct,
  text,
  u8,
  u16,
  u32,
  u64,
  uuid,
} from "../codec/layout/index.ts";

// Synthetic tables: together they use every field kind, length, condition and nesting the layer knows.

const source = "made up for tests";

const Colour = {
  0: { name: "RED", doc: "Red." },
  1: { name: "dark green", doc: "Green | dark.", since: "1.2" },
  7: { name: "3D", doc: "Not a colour.", until: "2.0" },
} as const;

const numbers = {
  tiny: u8("One byte.", { values: Colour }),
  small: u16("Two bytes.", { format: "hex", values: { 2: { name: "TWO", doc: "Two." } } }),
  medium: u32("Four bytes.", { unit: "pages" }),
  large: u64("Eight bytes.", { format: "hex" }),
  size: size64("Eight bytes that fit a number.", { unit: "bytes" }),
};

export const NumbersBig = struct({
  name: "NumbersBig",
  endian: "be",
  doc: "Every number.",
  source,
  fields: numbers,
});
const NumbersLittle = struct({
  name: "NumbersLittle",
  endian: "le",
  doc: "The same.",
  source,
  fields: numbers,
});

const Flags = struct({
  name: "Flags",
  endian: "le",
  doc: "Named bits of every width.",
  source,
  fields: {
    narrow: flags8("Eight.", {
      bits: { 0x01: { name: "ONE", doc: "Lowest." }, 0x80: { name: "TOP", doc: "Top." } },
    }),
    middle: flags16("Sixteen.", { bits: { 0x100: { name: "NINTH", doc: "Ninth." } }, since: "3.0" }),
    wide: flags32("Thirty-two.", { bits: { 0x8000_0000: { name: "TOP", doc: "Top." } }, until: "9.0" }),
    address: u64("Address and flags.", {
      low: { 0x02: { name: "ZERO", doc: "Zero page." }, 0x100: { name: "HIGH", doc: "Highest." } },
    }),
    far: u64("Bits above 32.", { low: { 0x1_0000_0000: { name: "FAR", doc: "Bit 32." } } }),
  },
});

export const Constants = struct({
  name: "Constants",
  endian: "be",
  doc: "Constants of every width.",
  source,
  fields: {
    magic: u32("Magic.", { equals: 0x51_45_56_4d, format: "hex" }),
    type: u8("Type.", { equals: 7, values: Colour }),
    version: u16("Version.", { equals: 0x8001 }),
    long: u64("Long.", { equals: 0xfedc_ba98_7654_3210n }),
  },
});

export const Octets = struct({
  name: "Octets",
  endian: "be",
  doc: "Bytes and text, fixed and counted.",
  source,
  fields: {
    name: text("Fixed text.", { length: 5 }),
    nothing: bytes("No bytes.", { length: 0 }),
    digest: bytes("Fixed bytes.", { length: 20 }),
    pad: reserved("Padding.", { length: 3 }),
    id: uuid("UUID."),
    idLength: u8("Bytes of label."),
    label: text("Counted text.", { length: { field: "idLength" } }),
    pairs: u16("Pairs, and one more byte."),
    payload: bytes("Counted bytes.", { length: { field: "pairs", times: 2, plus: 1 } }),
    whole: u8("Bytes of rest and of itself."),
    rest: bytes("What is left.", { length: { field: "whole", plus: -1 } }),
  },
});

/** A length that may come out negative, which binary-parser would take for a step back. */
export const Rewind = struct({
  name: "Rewind",
  endian: "be",
  doc: "A length that counts itself.",
  source,
  fields: {
    whole: u8("Bytes of rest and of itself."),
    rest: bytes("What is left.", { length: { field: "whole", plus: -1 } }),
    after: u8("After it."),
  },
});

/** Everything binary-parser can do, so that the guard is tested on counted bytes too. */
export const Header = struct({
  name: "Header",
  endian: "be",
  doc: "A header of fixed layout.",
  source,
  fields: {
    magic: u32("Magic.", { equals: 0x1122_3344, format: "hex" }),
    id: uuid("UUID."),
    label: text("Fixed text.", { length: 6 }),
    pad: reserved("Padding.", { length: 2 }),
    size: size64("A size."),
    flags: flags16("Flags.", { bits: { 1: { name: "ON", doc: "On." } } }),
    big: nested("Declared big endian.", { of: NumbersBig }),
    little: nested("Declared little endian.", { of: NumbersLittle }),
    pairs: array("Three of them.", { of: Flags, count: 3 }),
    length: u8("Bytes of tail."),
    tail: bytes("Counted bytes.", { length: { field: "length", times: 3, plus: 2 } }),
    after: u32("After them."),
    word: text("Counted text.", { length: { field: "length" } }),
  },
});

const Item = struct({
  name: "Item",
  endian: "le",
  doc: "An item of an array.",
  source,
  context: { wide: "Items carry a second number." },
  fields: {
    key: u8("Key."),
    wideKey: u16("Only in wide streams.", { when: { context: "wide" } }),
    inner: array("As many as the key says.", {
      of: NumbersLittle,
      count: { field: "key" },
      when: { field: "key", is: 1 },
    }),
  },
});

export const Arrays = struct({
  name: "Arrays",
  endian: "be",
  doc: "Arrays of every count.",
  source,
  fields: {
    count: u32("Items."),
    items: array("Counted.", { of: Item, count: { field: "count" } }),
    fixed: array("Fixed.", { of: Item, count: 2 }),
    wideCount: size64("Items, as 64 bits, and one more than there are."),
    more: array("Counted by 64 bits.", { of: NumbersBig, count: { field: "wideCount", plus: -1 } }),
    length: size64("Bytes of blob."),
    blob: bytes("Counted by 64 bits.", { length: { field: "length" } }),
  },
});

export const Conditions = struct({
  name: "Conditions",
  endian: "be",
  doc: "Fields that are not always there.",
  source,
  context: { postcopyRam: "Both sides have postcopy-ram.", ignoreShared: "Both sides have x-ignore-shared." },
  fields: {
    version: u8("Version.", { values: { 2: { name: "TWO", doc: "Second." } } }),
    flags: flags32("Flags.", { bits: { 0x4: { name: "HAS_ID", doc: "An id follows." } } }),
    exact: u16("In version 2.", { when: { field: "version", is: 2 } }),
    later: u64("From version 3.", { when: { field: "version", atLeast: 3 } }),
    id: uuid("With HAS_ID.", { when: { field: "flags", bit: 0x4 } }),
    hostPageSize: size64("With postcopy.", { when: { context: "postcopyRam" } }),
    pad: reserved("With x-ignore-shared.", { length: 2, when: { context: "ignoreShared" } }),
    afterAbsent: u8("When exact is there and 1.", { when: { field: "exact", is: 1 } }),
    afterZero: u8("When exact is absent or 0.", { when: { field: "exact", is: 0 } }),
    nest: nested("From version 4.", { of: Item, when: { field: "version", atLeast: 4 } }),
    bits: flags8("From version 1.", {
      bits: { 2: { name: "B", doc: "B." } },
      when: { field: "version", atLeast: 1 },
    }),
    label: text("By exact.", { length: { field: "bits" }, when: { field: "version", is: 5 } }),
  },
});

const Ping = struct({ name: "Ping", endian: "be", doc: "Ping.", source, fields: { value: u32("Value.") } });
const Named = struct({
  name: "Named",
  endian: "be",
  doc: "Told apart from Count only by the tag.",
  source,
  fields: { length: u8("Bytes of value."), value: text("Value.", { length: { field: "length" } }) },
});
const Count = struct({
  name: "Count",
  endian: "be",
  doc: "Told apart from Named only by the tag.",
  source,
  fields: { length: u8("Nothing."), value: u64("Value.") },
});

export const ChoiceStrict = struct({
  name: "ChoiceStrict",
  endian: "be",
  doc: "A tag that must be known.",
  source,
  fields: {
    tag: u16("Tag.", { values: { 1: { name: "PING", doc: "Ping." } } }),
    body: choice("Body.", { tag: "tag", cases: { 1: Ping, 2: Named, 3: Count, 9: Arrays } }),
  },
});

export const ChoiceOpen = struct({
  name: "ChoiceOpen",
  endian: "le",
  doc: "A tag that may be unknown, or absent.",
  source,
  fields: {
    version: u8("Version."),
    tag: u8("Tag.", { when: { field: "version", atLeast: 1 } }),
    length: u16("Bytes of an unknown body."),
    body: choice("Body.", { tag: "tag", cases: { 0: Named, 1: Count }, otherwise: { field: "length" } }),
    second: choice("With tag 5.", {
      tag: "tag",
      cases: { 1: Ping, 5: Named },
      when: { field: "tag", is: 5 },
    }),
    third: choice("By version.", { tag: "version", cases: { 3: Conditions }, otherwise: 2 }),
  },
});

export const syntheticTables: readonly StructDef[] = [
  NumbersBig,
  NumbersLittle,
  Flags,
  Constants,
  Octets,
  Rewind,
  Header,
  Arrays,
  Conditions,
  ChoiceStrict,
  ChoiceOpen,
];
