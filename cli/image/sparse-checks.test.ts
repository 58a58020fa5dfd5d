import { describe, expect, it } from "vitest";
import type { RamBlock, StreamEvent } from "../../codec/index.ts";
import { createSparseChecks } from "./sparse-checks.ts";

const MIB = 1 << 20;
const FROM = 67139;

function block(idstr: string, index: number, bitmapOffset: number, pagesOffset: number): RamBlock {
  const mapped = { version: 1, pageSize: 4096, bitmapOffset, pagesOffset };
  const pages = { normal: 1, zero: 0, xbzrle: 0, compressed: 0 };
  return { idstr, index, usedLength: 4 * MIB, mapped, pages };
}

function check(blocks: readonly RamBlock[], size = 100 * MIB) {
  const checks = createSparseChecks(FROM);
  const reading = { ignoreShared: false, ignoreSharedFlag: false, postcopyPageSize: false, mappedRam: true };
  const list: StreamEvent = { kind: "ram-blocks", offset: FROM, totalBytes: 8 * MIB, blocks, reading };
  checks.event(list);
  return checks
    .findings(size)
    .map(({ level, offset, args }) => [level, offset, `${args.expected}; ${args.found}`]);
}

const first = block("pc.ram", 0, FROM + 100, MIB);

describe("createSparseChecks", () => {
  it("has nothing to say of what QEMU writes", () => {
    expect(check([first, block("rom", 1, 5 * MIB + 50, 6 * MIB)])).toEqual([]);
    expect(check([block("empty", 0, 0, 0), first])).toEqual([]);
  });

  it("misses mapped-ram among the capabilities only where they are told", () => {
    const checks = createSparseChecks(FROM);
    expect(checks.findings(100)).toEqual([]);
    const configuration = {
      kind: "configuration",
      offset: FROM,
      length: 9,
      machine: "pc",
      uuid: null,
      targetPageBits: null,
    };
    checks.event({ ...configuration, capabilities: ["multifd"] } as StreamEvent);
    expect(checks.findings(100).map(({ rule }) => rule)).toEqual(["SAVE_SPARSE_MAPPED"]);
  });

  it("finds a bitmap within the header", () => {
    expect(check([block("pc.ram", 0, 500, MIB)])).toEqual([
      ["error", 500, "its bitmap behind the header, from 67139 on; it at 500"],
    ]);
  });

  it("finds pages at another place than the next mebibyte", () => {
    expect(check([block("pc.ram", 0, FROM, 2 * MIB)])).toMatchObject([
      ["warning", 2 * MIB, "its pages at 1048576; them at 2097152"],
    ]);
    expect(check([block("pc.ram", 0, FROM, 99 * MIB)])).toMatchObject([
      ["error", 99 * MIB, "its pages at 1048576; them at 103809024"],
    ]);
  });

  it("finds blocks on top of each other", () => {
    expect(check([first, block("rom", 1, 4 * MIB + 50, 5 * MIB)])).toMatchObject([
      ["error", 4 * MIB + 50, expect.stringContaining("behind the pages of pc.ram")],
    ]);
  });

  it("finds headers that do not stand before their bitmap", () => {
    const checks = createSparseChecks(FROM);
    const args = { expected: FROM + 101, found: FROM + 100 };
    const moved = { rule: "MAPPED_RAM_HEADER_SOUND", level: "warning", subject: "", offset: FROM + 77, args };
    checks.event({ kind: "finding", finding: moved } as StreamEvent);
    expect(checks.findings(9 * MIB)).toMatchObject([
      { rule: "SAVE_SPARSE_GEOMETRY", level: "error", offset: FROM + 77 },
    ]);
  });

  it("does not blame a file that is cut off", () => {
    expect(check([first], 2 * MIB)).toEqual([]);
  });
});
