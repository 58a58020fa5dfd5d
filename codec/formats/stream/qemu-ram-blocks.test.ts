import { describe, expect, it } from "vitest";
import {
  type BlockSpec,
  blockEntry,
  blockList,
  command,
  concat,
  configuration,
  eof,
  eos,
  footer,
  header,
  mappedBlock,
  memSize,
  ramEnd,
  sectionHeader,
  zeroPage,
} from "../../../test/streams.ts";
import { events, inPieces } from "../../../test/told.ts";

const PAGE = 4096;
const MIB = 1 << 20;

function around(list: Uint8Array, before: readonly Uint8Array[] = [configuration("none")]) {
  const head = concat(header(), ...before, sectionHeader(1, 2, "ram", 4));
  return { listAt: head.length + 8, data: concat(head, list, eos(), footer(), ramEnd(), eof()) };
}

function read(data: Uint8Array) {
  const all = events(data);
  const findings = all.flatMap((event) => (event.kind === "finding" ? event.finding : []));
  const list = all.find((event) => event.kind === "ram-blocks");
  return {
    findings,
    rules: findings.map(({ rule }) => rule),
    list: list?.kind === "ram-blocks" ? list : undefined,
  };
}

const PLAIN = { ignoreShared: false, ignoreSharedFlag: false, postcopyPageSize: false, mappedRam: false };
const TWO: readonly BlockSpec[] = [
  { idstr: "pc.ram", usedLength: 4 * MIB },
  { idstr: "rom", usedLength: 16 * PAGE },
];
const SHARED = TWO.map((block, i) => ({ ...block, address: BigInt(i) * 0xfff00000n + 0x3000n }));
const FLAGGED = SHARED.map((block) => ({ ...block, ignoredFlag: 1 }));
const HUGE = TWO.map((block, i) => (i === 0 ? { ...block, pageSize: 2 * MIB } : block));
const ADVISE = command(3, new Uint8Array(16));

interface Reading {
  readonly what: string;
  readonly blocks: readonly BlockSpec[];
  readonly capabilities: readonly string[];
  readonly advised?: boolean;
  readonly reading: object;
}

const readings: readonly Reading[] = [
  { what: "nothing", blocks: TWO, capabilities: [], reading: PLAIN },
  {
    what: "addresses",
    blocks: SHARED,
    capabilities: ["x-ignore-shared"],
    reading: { ...PLAIN, ignoreShared: true },
  },
  {
    what: "addresses and flags as in 4.0",
    blocks: FLAGGED,
    capabilities: ["x-ignore-shared"],
    reading: { ...PLAIN, ignoreShared: true, ignoreSharedFlag: true },
  },
  {
    what: "page sizes",
    blocks: HUGE,
    capabilities: [],
    advised: true,
    reading: { ...PLAIN, postcopyPageSize: true },
  },
];

describe.each(readings)("a block list with $what", ({ blocks, capabilities, advised, reading }) => {
  it.each([true, false])("is read as what it is (configuration: %s)", (told) => {
    const before = [...(told ? [configuration("none", { capabilities })] : []), ...(advised ? [ADVISE] : [])];
    const { list, rules } = read(around(blockList(blocks), before).data);
    expect(rules).toEqual([]);
    expect(list?.reading).toEqual(reading);
    const { ...fields } = { idstr: "rom", usedLength: 16 * PAGE, address: blocks[1]?.address };
    expect(list?.blocks[1]).toMatchObject(fields.address === undefined ? { idstr: "rom" } : fields);
  });
});

describe("a block list that can be read in two ways", () => {
  const ambiguous = blockList([{ idstr: "pc.ram", usedLength: 4 * MIB, pageSize: 2 * MIB }]);
  const NAMED = { chosen: "postcopy-ram page sizes", readings: "postcopy-ram page sizes | x-ignore-shared" };

  it("is remarked on, with both readings", () => {
    const { data, listAt } = around(ambiguous, [ADVISE]);
    const { findings, list } = read(data);
    expect(findings).toMatchObject([
      { rule: "RAM_BLOCK_LIST_UNAMBIGUOUS", level: "warning", offset: listAt, args: NAMED },
    ]);
    expect(list?.blocks[0]?.pageSize).toBe(2 * MIB);
  });

  it("is not, once the capabilities are told", () => {
    const { rules, list } = read(around(ambiguous, [configuration("none"), ADVISE]).data);
    expect(rules).toEqual([]);
    expect(list?.reading).toEqual({ ...PLAIN, postcopyPageSize: true });
  });
});

const total = (bytes: number, ...blocks: readonly BlockSpec[]) =>
  concat(memSize(bytes), ...blocks.map(blockEntry));

describe("a block list that cannot be", () => {
  it.each([
    ["too much in all", total(5 * MIB, ...TWO)],
    ["too little in all", total(4 * MIB - PAGE, ...TWO)],
    ["a block of nothing", total(4 * MIB, { idstr: "none", usedLength: 0 }, ...TWO)],
    ["a block without a name", total(4 * MIB, { idstr: "", usedLength: 4 * MIB })],
    ["a length past 2^53", concat(memSize(4 * MIB), Uint8Array.of(1, 0x61, 0xff), new Uint8Array(7))],
  ])("%s is damage within the list", (_, list) => {
    const { data, listAt } = around(list);
    const { findings, list: told } = read(data);
    expect(told).toBeUndefined();
    expect(findings[0]).toMatchObject({ rule: "STREAM_WELL_FORMED", level: "error" });
    expect(findings[0]?.offset).toBeGreaterThanOrEqual(listAt);
    expect(findings[0]?.offset).toBeLessThanOrEqual(listAt + list.length);
    expect(events(data).at(-1)).toMatchObject({ kind: "end", reason: "eof" });
  });

  it("two blocks of one name are told, and remarked on", () => {
    const { findings, list } = read(around(blockList([...TWO, ...TWO])).data);
    expect(list?.blocks.map(({ idstr }) => idstr)).toEqual(["pc.ram", "rom", "pc.ram", "rom"]);
    expect(findings.map(({ rule, args }) => [rule, args.block])).toEqual([
      ["RAM_BLOCK_UNIQUE", "pc.ram"],
      ["RAM_BLOCK_UNIQUE", "rom"],
    ]);
  });
});

describe("a mapped-ram header that cannot be", () => {
  const before = [configuration("none", { capabilities: ["mapped-ram"] })];
  const base = concat(header(), ...before, sectionHeader(1, 2, "ram", 4)).length + 8;
  const block = { idstr: "ram", usedLength: 8 * PAGE };
  const whole = mappedBlock(base, block, [1, 2], { align: PAGE });
  const head = 1 + 3 + 8;
  const at = (offset: number, ...bytes: readonly number[]) => {
    const copy = whole.slice();
    copy.set(bytes, head + offset);
    return around(concat(memSize(block.usedLength), copy), before).data;
  };

  it("is the only thing wrong", () => {
    expect(read(at(0)).rules).toEqual([]);
  });

  it.each([
    ["version", at(3, 9)],
    ["page size", at(10, 0x20)],
    ["place of the pages, not on a page", at(27, 1)],
    ["place of the pages, before the bitmap", at(20, 0, 0, 0, 0, 0, 0, 0, 0)],
    ["place of the pages, past 2^53", at(20, 0xff)],
  ])("%s: is damage, and the list is not told", (_, data) => {
    const { findings, list } = read(data);
    expect(list).toBeUndefined();
    expect(findings[0]).toMatchObject({ rule: "STREAM_WELL_FORMED", level: "error" });
  });

  it("blocks that are no whole pages are refused, whoever asks for pages", () => {
    const odd = mappedBlock(base, { idstr: "ram", usedLength: PAGE + 1 }, [0], { align: PAGE });
    odd[head + 28] = 3;
    const rest = mappedBlock(base + odd.length, { idstr: "rom", usedLength: PAGE - 1 }, [], { align: PAGE });
    const { data } = around(concat(memSize(2 * PAGE), odd, rest), before);
    const spans: number[] = [];
    inPieces()(data, { event: () => {}, page: () => {}, span: ({ start, end }) => spans.push(end - start) });
    expect(Math.min(...spans)).toBeGreaterThan(0);
    expect(read(data)).toMatchObject({
      list: undefined,
      rules: expect.arrayContaining(["STREAM_WELL_FORMED"]),
    });
  });

  it("bitmaps elsewhere than announced are remarked on, and the pages are found", () => {
    const moved = mappedBlock(base + 8 * PAGE, block, [1, 2], { align: PAGE });
    const { findings, list } = read(around(concat(memSize(block.usedLength), moved), before).data);
    expect(findings).toMatchObject([{ rule: "MAPPED_RAM_HEADER_SOUND", level: "warning" }]);
    expect(list?.blocks[0]?.pages.normal).toBe(2);
  });
});

it("records follow the list that was read", () => {
  const { list, rules } = read(around(concat(blockList(TWO), zeroPage(0, "pc.ram"))).data);
  expect(rules).toEqual([]);
  expect(list?.blocks[0]?.pages.zero).toBe(1);
});
