import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compressedPage,
  concat,
  configuration,
  eof,
  header,
  hook,
  multifdFlush,
  normalPage,
  pageOf,
  ramEnd,
  ramPart,
  ramStart,
  xbzrlePage,
  zeroPage,
} from "../../../test/streams.ts";
import { inPieces, inSteps, line, told } from "../../../test/told.ts";
import type { StreamEvent, StreamSink } from "../../index.ts";
import { scanPages } from "./qemu-ram-scan.ts";
import { createRamState } from "./qemu-ram-state.ts";

const SIZE = 1024;
const BLOCKS = [
  { idstr: "first", usedLength: 32 * SIZE },
  { idstr: "second", usedLength: 8 * SIZE },
];

const place = fc.nat(33).map((page) => page * SIZE);
const block = fc.option(fc.constantFrom("first", "second"), { nil: undefined, freq: 8 });
const PAGES = [pageOf(1, SIZE), pageOf(2, SIZE), new Uint8Array(SIZE).fill(0x22)] as const;

const record = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(place, block).map(([at, name]) => zeroPage(at, name)) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(place, block, fc.constantFrom(...PAGES))
      .map(([at, name, page]) => normalPage(at, page, name)),
  },
  { weight: 1, arbitrary: fc.tuple(place, block).map(([at, name]) => zeroPage(at, name, 5)) },
  { weight: 1, arbitrary: place.map((at) => xbzrlePage(at, Uint8Array.of(3, 1, 9))) },
  { weight: 1, arbitrary: place.map((at) => compressedPage(at, pageOf(3, SIZE))) },
  { weight: 1, arbitrary: fc.constantFrom(hook(), multifdFlush()) },
);

const stream = fc
  .array(record, { maxLength: 40 })
  .map((records) =>
    concat(
      header(),
      configuration("none", { targetPageBits: 10 }),
      ramStart(BLOCKS),
      ramPart([zeroPage(0, "first"), ...records]),
      ramEnd(records.slice(0, 3)),
      eof(),
    ),
  );

/** Counts in the blocks of the list as they are in the end. */
function counts(data: Uint8Array, sink: Partial<StreamSink>): string {
  const lists: string[] = [];
  const events: StreamEvent[] = [];
  inPieces()(data, { ...sink, event: (event) => events.push(event) });
  for (const event of events)
    if (event.kind === "ram-blocks") lists.push(line(event.blocks));
    else if (event.kind === "end") lists.push(line(event));
  return lists.join("\n");
}

describe("the scanner of page records", () => {
  it("agrees with the tables on any run of records", () => {
    fc.assert(
      fc.property(stream, fc.integer({ min: 1, max: 3000 }), (data, size) => {
        const fast = told(data, inSteps(size), { pages: true });
        const slow = told(data, inSteps(size), { pages: true, spans: true });
        expect(fast).toEqual(slow.filter((text) => !text.startsWith("span ")));
        expect(counts(data, {})).toBe(counts(data, { span: () => {} }));
        expect(told(data, inSteps(size))).toEqual(fast.filter((text) => !text.startsWith("page ")));
      }),
      { numRuns: 600 },
    );
  });

  it("takes whole ordinary records of a known block and nothing else", () => {
    const records = concat(zeroPage(SIZE), normalPage(2 * SIZE, pageOf(1, SIZE)), zeroPage(3 * SIZE));
    const view = new DataView(records.buffer);
    const ram = { ...createRamState(), pageSize: SIZE, pageSizeKnown: true };
    const pages = { normal: 0, zero: 0, xbzrle: 0, compressed: 0 };
    expect(scanPages(view, 0, records.length, ram, {})).toBe(0);
    ram.current = { idstr: "first", index: 0, usedLength: 4 * SIZE, pages };
    const ends = [0, 9, 9 + 8 + SIZE, records.length];
    for (let end = 0; end <= records.length; end++)
      expect(scanPages(view, 0, end, ram, { page: () => {} })).toBe(
        Math.max(...ends.filter((at) => at <= end)),
      );
    // Nobody wants the page: its data may be stepped over before it is there.
    expect(scanPages(view, 0, 18, ram, {})).toBe(9 + 8 + SIZE);
    ram.current = { idstr: "short", index: 0, usedLength: 2 * SIZE, pages };
    expect(scanPages(view, 0, records.length, ram, {})).toBe(9);
    ram.pageSizeKnown = false;
    ram.current = { idstr: "first", index: 0, usedLength: 4 * SIZE, pages };
    expect(scanPages(view, 0, records.length, ram, {})).toBe(9);
  });
});
