import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { createStreamReader, type StreamEvent } from "../codec/index.ts";
import {
  blockList,
  compressedPage,
  concat,
  configuration,
  header,
  normalPage,
  pageOf,
  ramPart,
  ramStart,
  ramStream,
  xbzrlePage,
  zeroPage,
} from "../test/streams.ts";
import { temporaryDirectory } from "../test/temporary.ts";
import { anonymousFiles, type BlockFiles, BlockTooLong } from "./block-files.ts";
import { inflatePage } from "./inflate-page.ts";
import { createRebuild } from "./rebuild.ts";

const PAGE = 4096;

async function rebuild(
  stream: Uint8Array,
  { only, files = anonymousFiles(temporaryDirectory()) }: { only?: string; files?: BlockFiles } = {},
) {
  const sink = createRebuild({ files, ...(only === undefined ? {} : { only }) });
  onTestFinished(() => sink.discard());
  const rules: string[] = [];
  let pageSize = 0;
  const event = (told: StreamEvent) => {
    sink.event(told);
    if (told.kind === "finding") rules.push(told.finding.rule);
    if (told.kind === "end") pageSize = told.pageSize;
  };
  const reader = createStreamReader({ event, page: sink.page }, { inflatePage });
  for (let at = 0; at < stream.length; at += 3001) reader.push(stream.subarray(at, at + 3001));
  reader.finish();
  return { blocks: await sink.finish(pageSize, () => {}), rules };
}

/** SHA-256 of memory with pages at their offsets, zero elsewhere. */
function digest(length: number, pages: Readonly<Record<number, Uint8Array>>): string {
  const memory = new Uint8Array(length);
  for (const [offset, page] of Object.entries(pages)) memory.set(page, Number(offset));
  return createHash("sha256").update(memory).digest("hex");
}

describe("rebuild", () => {
  it("puts pages of every kind in their place", async () => {
    const [a, b, c] = [1, 2, 3].map((seed) => pageOf(seed)) as [Uint8Array, Uint8Array, Uint8Array];
    const changed = Uint8Array.from(a);
    changed.set([9, 8, 7], 100);
    const patch = Uint8Array.of(100, 3, 9, 8, 7);
    const records = [
      normalPage(0, a, "m"),
      normalPage(PAGE, b),
      normalPage(5 * PAGE, b),
      zeroPage(2 * PAGE),
      xbzrlePage(0, patch),
      zeroPage(PAGE),
      zeroPage(3 * PAGE, undefined, 0xaa),
      compressedPage(4 * PAGE, c),
      xbzrlePage(6 * PAGE, patch),
    ];
    const { blocks, rules } = await rebuild(ramStream([{ idstr: "m", usedLength: 8 * PAGE }], records));
    const fresh = new Uint8Array(PAGE);
    fresh.set([9, 8, 7], 100);
    const content = {
      0: changed,
      [3 * PAGE]: new Uint8Array(PAGE).fill(0xaa),
      [4 * PAGE]: c,
      [5 * PAGE]: b,
      [6 * PAGE]: fresh,
    };
    expect(blocks).toEqual([
      {
        idstr: "m",
        usedLength: 8 * PAGE,
        pages: { normal: 3, zero: 3, xbzrle: 2, compressed: 1 },
        never: 1,
        sha256: digest(8 * PAGE, content),
      },
    ]);
    expect(rules).toEqual(["ZERO_PAGE_FILL_ZERO"]);
  });

  it("applies XBZRLE to pages already in the file", async () => {
    const a = pageOf(1);
    const records = [
      normalPage(0, a, "m"),
      normalPage(0, pageOf(2), "n"),
      xbzrlePage(0, Uint8Array.of(10, 1, 0xee), "m"),
    ];
    const blocks = [
      { idstr: "m", usedLength: PAGE },
      { idstr: "n", usedLength: PAGE },
    ];
    const rebuilt = await rebuild(ramStream(blocks, records));
    a[10] = 0xee;
    expect(rebuilt.blocks.map(({ sha256 }) => sha256)).toEqual([
      digest(PAGE, { 0: a }),
      digest(PAGE, { 0: pageOf(2) }),
    ]);
  });

  it("leaves a page as it was when its differences or its zlib stream are damaged", async () => {
    const a = pageOf(1);
    const broken = compressedPage(PAGE, pageOf(2));
    broken.fill(0xff, broken.length - 30);
    const records = [
      normalPage(0, a, "m"),
      normalPage(PAGE, a),
      xbzrlePage(0, Uint8Array.of(0, 4, 1)),
      broken,
    ];
    const { blocks, rules } = await rebuild(ramStream([{ idstr: "m", usedLength: 2 * PAGE }], records));
    expect(blocks[0]?.sha256).toBe(digest(2 * PAGE, { 0: a, [PAGE]: a }));
    expect(rules).toEqual(["XBZRLE_PAGE_DECODES", "COMPRESSED_PAGE_INFLATES"]);
  });

  it.each([10, 11, 13, 16])("rebuilds pages of 2^%i bytes", async (targetPageBits) => {
    const size = 2 ** targetPageBits;
    const pages = [1, 2, 3, 4].map((seed) => pageOf(seed, size)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const records = pages.map((page, i) => normalPage(i * size, page, i === 0 ? "m" : undefined));
    records.push(zeroPage(size), zeroPage(5 * size), xbzrlePage(2 * size, Uint8Array.of(1, 1, 0x55)));
    const start = ramStart([{ idstr: "m", usedLength: 8 * size }]);
    const stream = concat(header(), configuration("none", { targetPageBits }), start, ramPart(records));
    const { blocks } = await rebuild(stream);
    pages[2][1] = 0x55;
    const content = { 0: pages[0], [2 * size]: pages[2], [3 * size]: pages[3] };
    expect(blocks[0]).toMatchObject({ never: 3, sha256: digest(8 * size, content) });
  });

  it("writes nothing outside a block, nor for a block that was never announced", async () => {
    const a = pageOf(1);
    const records = [
      normalPage(0, a, "m"),
      normalPage(2 * PAGE, a),
      zeroPage(2 ** 40),
      normalPage(0, a, "other"),
    ];
    const { blocks, rules } = await rebuild(ramStream([{ idstr: "m", usedLength: 2 * PAGE }], records));
    expect(blocks).toMatchObject([{ idstr: "m", never: 1, sha256: digest(2 * PAGE, { 0: a }) }]);
    expect(new Set(rules)).toEqual(new Set(["RAM_OFFSET_IN_BLOCK", "RAM_BLOCK_KNOWN"]));
  });

  it("goes on with the content when the block list comes again", async () => {
    const a = pageOf(1);
    const list = [{ idstr: "m", usedLength: 2 * PAGE }];
    const records = [normalPage(0, a, "m"), blockList(list), normalPage(PAGE, a, "m")];
    const { blocks } = await rebuild(ramStream(list, records));
    expect(blocks).toMatchObject([{ idstr: "m", never: 0, sha256: digest(2 * PAGE, { 0: a, [PAGE]: a }) }]);
  });

  it("forgets blocks that a later list does not have", async () => {
    const a = pageOf(1);
    const records = [
      normalPage(0, a, "m"),
      blockList([{ idstr: "n", usedLength: PAGE }]),
      normalPage(0, a, "n"),
    ];
    const { blocks } = await rebuild(ramStream([{ idstr: "m", usedLength: 2 * PAGE }], records));
    expect(blocks).toMatchObject([{ idstr: "n", sha256: digest(PAGE, { 0: a }) }]);
  });

  it("keeps to one block when asked to", async () => {
    const blocks = [
      { idstr: "m", usedLength: PAGE },
      { idstr: "n", usedLength: PAGE },
    ];
    const records = [normalPage(0, pageOf(1), "m"), normalPage(0, pageOf(2), "n")];
    const rebuilt = await rebuild(ramStream(blocks, records), { only: "n" });
    expect(rebuilt.blocks).toMatchObject([{ idstr: "n", sha256: digest(PAGE, { 0: pageOf(2) }) }]);
  });

  it("leaves nothing in the temporary directory, even in the middle", () => {
    const directory = temporaryDirectory();
    const sink = createRebuild({ files: anonymousFiles(directory) });
    const reader = createStreamReader(sink);
    const blocks = [
      { idstr: "m", usedLength: PAGE },
      { idstr: "n", usedLength: PAGE },
    ];
    reader.push(ramStream(blocks, [normalPage(0, pageOf(1), "m"), normalPage(0, pageOf(2), "n")]));
    expect(readdirSync(directory)).toEqual([]);
    const open = readdirSync("/proc/self/fd").length;
    sink.discard();
    expect(readdirSync("/proc/self/fd").length).toBeLessThan(open);
  });
});

describe("lengths that are lies", () => {
  const huge = 2 ** 53 - 2 ** 16;

  it("takes no memory and no disk for a block of eight petabytes", async () => {
    const before = process.memoryUsage().rss;
    const { blocks } = await rebuild(
      ramStream([{ idstr: "m", usedLength: huge }], [zeroPage(huge - PAGE, "m"), zeroPage(0)]),
    );
    expect(blocks).toMatchObject([
      { usedLength: huge, sha256: null, lost: "too-long-to-hash", never: huge / PAGE - 2 },
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20);
  });

  it("gives up a block that the file system refuses, and only that one", async () => {
    const blocks = [
      { idstr: "m", usedLength: 2 ** 52 },
      { idstr: "n", usedLength: PAGE },
    ];
    const anonymous = anonymousFiles(temporaryDirectory());
    const files: BlockFiles = { ...anonymous, open: (path, length) => refuseLong(anonymous, path, length) };
    const records = [
      normalPage(2 ** 51, pageOf(1), "m"),
      normalPage(0, pageOf(2), "n"),
      zeroPage(2 ** 51, "m"),
    ];
    const rebuilt = await rebuild(ramStream(blocks, records), { files });
    expect(rebuilt.blocks).toMatchObject([
      { idstr: "m", sha256: null, lost: "too-long-for-file-system" },
      { idstr: "n", sha256: digest(PAGE, { 0: pageOf(2) }) },
    ]);
  });
});

/** As ext4 does, wherever the tests run. */
function refuseLong(files: BlockFiles, path: string | undefined, length: number): number {
  if (length > 2 ** 44) throw new BlockTooLong(String(length));
  return files.open(path, length);
}

it("reads no stream at all", async () => {
  expect(await rebuild(readFileSync(new URL(import.meta.url)))).toEqual({
    blocks: [],
    rules: ["FILE_MAGIC_KNOWN"],
  });
});
