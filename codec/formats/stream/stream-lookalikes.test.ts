import { describe, expect, it } from "vitest";
import { bytes } from "../../../test/construct-parts.ts";
import { layWith, outcome, PAGE, patched } from "../../../test/damage.ts";
import {
  compressedPage,
  concat,
  configuration,
  device,
  eof,
  eos,
  footer,
  header,
  normalPage,
  pageOf,
  ramEnd,
  ramPart,
  ramStart,
  sectionHeader,
  xbzrlePage,
  zeroPage,
} from "../../../test/streams.ts";

const BLOCKS = [{ idstr: "pc.ram", usedLength: 64 * PAGE }];
const EVIL = device(77, "evil", bytes("01 02 03"));

const tail: Uint8Array = concat(
  zeroPage(0, "pc.ram"),
  zeroPage(PAGE),
  eos(),
  footer(),
  EVIL,
  device(78, "more", EVIL),
  eof(),
);
const stream = concat(
  header(),
  configuration("none"),
  ramStart(BLOCKS),
  ramPart([zeroPage(0, "pc.ram"), zeroPage(PAGE)]),
  ramEnd(),
  EVIL,
  eof(),
);
/** Longer than a page: a device that begins in one and ends in the third from there. */
const long = concat(
  ramPart([zeroPage(0, "pc.ram")]),
  ramEnd(),
  device(77, "evil", pageOf(1, 3 * PAGE)),
  eof(),
);
const manyZeros = concat(...Array.from({ length: 400 }, (_, i) => zeroPage((i % 60) * PAGE)));
const manyPages = concat(...Array.from({ length: 8 }, (_, i) => normalPage(i * PAGE, pageOf(i))));

/** Guest memory that begins like a page of its own at `at` in every page, or runs on from page to page. */
function every(content: Uint8Array, at: number): (n: number) => Uint8Array {
  return (n) => {
    const page = pageOf(n);
    page.set(content.subarray(0, PAGE - at), at);
    return page;
  };
}

function across(content: Uint8Array): (n: number) => Uint8Array {
  return (n) => {
    const from = (n * PAGE) % content.length;
    return concat(content.subarray(from), content, ...Array(80).fill(content)).subarray(0, PAGE);
  };
}

const memories: Readonly<Record<string, (n: number) => Uint8Array>> = {
  "a whole stream in each page": every(stream, 100),
  "a whole stream at the start of each page": every(stream, 0),
  "the end of a stream in each page": every(tail, 100),
  "the end of a stream at the second byte of each page": every(tail, 1),
  "the end of a stream at the end of each page": every(tail, PAGE - tail.length),
  "the footer of RAM and the header of a device that comes later": every(
    concat(footer(), sectionHeader(4, 5, "timer")),
    100,
  ),
  "the footer of RAM and the header of a device that never ends": every(
    concat(footer(), sectionHeader(4, 99, "evil")),
    PAGE - 30,
  ),
  "the footer of RAM and another part of it": every(concat(eos(), footer(), ramPart([manyZeros])), 30),
  "a record of a page in each page": every(normalPage(PAGE, pageOf(1)), 100),
  "a named record of a page in each page": every(normalPage(PAGE, pageOf(1), "pc.ram"), 100),
  "records of zero pages from end to end": every(manyZeros, 0),
  "records of zero pages, not quite to the end": every(concat(manyZeros.subarray(0, 4000), pageOf(0)), 0),
  "streams that run on across pages": across(stream),
  "the end of a stream that runs on across pages": across(long),
  "records that run on across pages": across(manyPages),
};

const SOUND = ["ram start decoded", "ram part decoded", "ram part decoded", "ram end decoded"];
const DEVICES = ["timer full delimited", "fifo full delimited"];

describe.each(Object.entries(memories))("guest memory that holds %s", (_, page) => {
  const { data, at } = layWith({}, page);
  const stride = PAGE + 8;

  it("is not mistaken for the stream", () => {
    const found = outcome(data);
    expect(found.rules).toEqual([]);
    expect(found.sections).toEqual([...SOUND, ...DEVICES]);
    expect(found.devices).toEqual(["timer decoded", "fifo decoded"]);
  });

  it.each([
    ["first", at.before, 1],
    ["middle", at.hit, 1],
    ["last but one", at.secondEnd - 2 * stride, 2],
    ["last", at.secondEnd - stride, 2],
  ])("is not mistaken for it behind the damaged header of the %s page", (_, where, part) => {
    const sections = [...SOUND, ...DEVICES];
    sections[part] = "ram part damaged";
    for (const patch of [[0xff], [0, 0, 0, 0, 0, 0, 0, 0x77]]) {
      const found = outcome(patched(data, where, ...patch));
      expect(found.error).toEqual({ offset: where, subject: `sections[${part}].RamRecord.word` });
      expect(found.sections).toEqual(sections);
      expect(found.devices).toEqual(["timer decoded", "fifo decoded"]);
      expect(found.lost).toBe(PAGE);
    }
  });
});

describe("after a damaged record", () => {
  const kinds: Readonly<Record<string, (n: number) => Uint8Array>> = {
    compressed: (n) => compressedPage(n * PAGE, pageOf(n)),
    XBZRLE: (n) => xbzrlePage(n * PAGE, bytes("03 02 aa bb")),
    zero: (n) => zeroPage(n * PAGE),
  };

  it.each(Object.entries(kinds))("the %s pages that follow are read", (_, record) => {
    const run = (from: number, to: number) =>
      concat(...Array.from({ length: to - from }, (_, i) => record(from + i)));
    const hit: Uint8Array = record(12);
    const { data, at } = layWith({
      before: run(8, 12),
      hit,
      after: run(13, 20),
      second: run(20, 60),
    });
    expect(outcome(data).rules).toEqual([]);
    const found = outcome(patched(data, at.hit, 0xff));
    expect(found.error?.offset).toBe(at.hit);
    expect(found.sections).toEqual([SOUND[0], "ram part damaged", SOUND[2], SOUND[3], ...DEVICES]);
    expect(found.lost).toBe(hit.length - 8);
  });
});
