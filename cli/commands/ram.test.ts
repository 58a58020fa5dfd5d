import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixtures, foreign } from "../../test/captures.ts";
import { multifdFlush, normalPage, pageOf, ramStream, zeroPage } from "../../test/streams.ts";
import { temporaryDirectory } from "../../test/temporary.ts";
import { UsageError } from "../exit.ts";
import { type RamOptions, ram } from "./ram.ts";

const PAGE = 4096;

async function run(path: string, options: RamOptions = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const output = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    colour: false,
    interactive: false,
  };
  const status = await ram([path], options, output);
  return { status, out: out.join(""), err: err.join("") };
}

async function runJson(path: string, options: RamOptions = {}) {
  const { status, out, err } = await run(path, { ...options, json: true });
  expect(err).toBe("");
  return { status, document: JSON.parse(out) };
}

/** A file with a stream, and a directory for what comes out. */
function given(stream: Uint8Array) {
  const directory = temporaryDirectory();
  const path = join(directory, "stream");
  writeFileSync(path, stream);
  return { path, directory, out: join(directory, "out") };
}

function sha256(data: Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

describe("memory after loading, as QEMU has it", () => {
  const known = [...fixtures, ...foreign].filter(({ ram }) => ram !== null);

  it.each(known)("$file", async ({ path, ram, ramBlocks }) => {
    const { status, document } = await runJson(path);
    expect(status).toBe(0);
    const blocks: { idstr: string; usedLength: string; sha256: string }[] = document.blocks;
    const lengths = blocks.map(({ idstr, usedLength }) => ({ idstr, usedLength: Number(usedLength) }));
    expect(lengths).toEqual(ramBlocks);
    expect(blocks.find(({ idstr }) => idstr === ram?.block)?.sha256).toBe(ram?.sha256);
  });

  it.skipIf(foreign.length === 0)("covers recordings with the firmware of others", () => {
    expect(foreign.filter(({ ram }) => ram !== null).length).toBeGreaterThan(0);
  });

  it("covers a good number of recordings", () => {
    expect(known.length).toBeGreaterThanOrEqual(20);
  });
});

describe("output", () => {
  const blocks = [
    { idstr: "pc.ram", usedLength: 4 * PAGE },
    { idstr: "\u001b[31mrom", usedLength: PAGE },
  ];
  const stream = ramStream(blocks, [zeroPage(0, "pc.ram"), normalPage(PAGE, pageOf(1)), zeroPage(2 * PAGE)]);
  const content = new Uint8Array(4 * PAGE);
  content.set(pageOf(1), PAGE);

  it("is one document with --json", async () => {
    const { path } = given(stream);
    const { status, document } = await runJson(path);
    expect(status).toBe(0);
    expect(document).toEqual({
      format: "migwire/ram@1",
      blocks: [
        {
          idstr: "pc.ram",
          usedLength: "16384",
          pageSize: 4096,
          pages: { normal: 1, zero: 2, xbzrle: 0, compressed: 0, never: 1 },
          sha256: sha256(content),
        },
        {
          idstr: "\u001b[31mrom",
          usedLength: "4096",
          pageSize: 4096,
          pages: { normal: 0, zero: 0, xbzrle: 0, compressed: 0, never: 1 },
          sha256: sha256(new Uint8Array(PAGE)),
        },
      ],
      findings: [],
    });
  });

  it("is a table with one line a block for people", async () => {
    const { path } = given(stream);
    const { out } = await run(path);
    expect(out.split("\n").slice(0, 3)).toEqual([
      "block        bytes  normal  zero  xbzrle  compressed  never  sha256",
      `pc.ram       16384       1     2       0           0      1  ${sha256(content)}`,
      `\\x1b[31mrom   4096       0     0       0           0      1  ${sha256(new Uint8Array(PAGE))}`,
    ]);
  });

  it("keeps to one block with --block", async () => {
    const { path, out } = given(stream);
    const { document } = await runJson(path, { block: "pc.ram", out });
    expect(document.blocks.map(({ idstr }: { idstr: string }) => idstr)).toEqual(["pc.ram"]);
    expect(readdirSync(out)).toEqual(["pc.ram"]);
  });

  it("tells the names there are when --block names none of them", async () => {
    const { path } = given(stream);
    const told = run(path, { block: "vga" });
    await expect(told).rejects.toThrow(UsageError);
    await expect(told).rejects.toThrow('no RAM block "vga"; the stream has pc.ram, \\x1b[31mrom');
  });

  it("shows what a truncated stream had, and that it is truncated", async () => {
    const cut = given(stream.subarray(0, stream.length - 40));
    const { status, document } = await runJson(cut.path, { out: cut.out });
    expect(status).toBe(1);
    expect(document.findings).toMatchObject([{ rule: "STREAM_COMPLETE", level: "error" }]);
    expect(document.blocks[0]).toMatchObject({ sha256: sha256(content) });
    expect(new Uint8Array(readFileSync(join(cut.out, "pc.ram")))).toEqual(content);
    expect((await run(cut.path)).out).toMatch(/\n {2}error at 0x[0-9a-f]+ .*ends before the stream does/);
  });

  it("says what it found where there is no stream", async () => {
    const { path, out } = given(new Uint8Array(100).fill(0x41));
    const { status, document } = await runJson(path, { out, block: "pc.ram" });
    expect([status, document.blocks, existsSync(out)]).toEqual([1, [], false]);
    expect(document.findings).toMatchObject([{ rule: "FILE_MAGIC_KNOWN" }]);
  });

  it("warns when the pages went another way", async () => {
    const { path } = given(ramStream(blocks, [zeroPage(0, "pc.ram"), multifdFlush()]));
    const { status, document } = await runJson(path);
    expect(status).toBe(0);
    expect(document.findings).toMatchObject([{ rule: "RAM_PAGES_IN_STREAM", level: "warning" }]);
  });
});

describe("--out", () => {
  const page = pageOf(7);
  const stream = ramStream([{ idstr: "pc.ram", usedLength: 2 ** 30 }], [normalPage(2 ** 29, page, "pc.ram")]);

  it("writes sparse files that only their owner can read", async () => {
    const { path, out } = given(stream);
    const { status, document } = await runJson(path, { out });
    const file = join(out, "pc.ram");
    expect([status, document.blocks[0].file, readdirSync(out)]).toEqual([0, file, ["pc.ram"]]);
    const { size, blocks, mode, nlink } = statSync(file);
    expect({ size, mode: mode & 0o777, nlink }).toEqual({ size: 2 ** 30, mode: 0o600, nlink: 1 });
    expect(blocks * 512).toBeLessThan(1 << 20);
  });

  it("turns names into file names that stay in the directory", async () => {
    const names = ["../escape", "/etc/passwd", "..", ".", "a/b", "A", "a", "a"];
    const blocks = names.map((idstr, i) => ({ idstr, usedLength: (i + 1) * PAGE }));
    const { path, out, directory } = given(ramStream(blocks, [normalPage(0, page, "../escape")]));
    const { status, document } = await runJson(path, { out });
    expect(status).toBe(1);
    expect(document.findings).toMatchObject([{ rule: "RAM_BLOCK_UNIQUE" }]);
    const written = ["%2E%2E%2Fescape", "%2Fetc%2Fpasswd", "%2E%2E", "%2E", "a%2Fb", "A", "a~2", "a~3"];
    expect(document.blocks.map(({ file }: { file: string }) => file)).toEqual(
      written.map((name) => join(out, name)),
    );
    expect(readdirSync(out).sort()).toEqual([...written].sort());
    expect(readdirSync(directory).sort()).toEqual(["out", "stream"]);
    expect(written.map((name) => statSync(join(out, name)).size)).toEqual(
      blocks.map(({ usedLength }) => usedLength),
    );
  });

  it("never replaces a file without --force", async () => {
    const { path, out } = given(stream);
    mkdirSync(out);
    const file = join(out, "pc.ram");
    writeFileSync(file, "precious");
    await expect(run(path, { out })).rejects.toThrow(/pc\.ram exists already; --force replaces it/);
    expect([readFileSync(file, "utf8"), readdirSync(out)]).toEqual(["precious", ["pc.ram"]]);
    expect((await run(path, { out, force: true })).status).toBe(0);
    expect([statSync(file).size, readdirSync(out)]).toEqual([2 ** 30, ["pc.ram"]]);
  });

  it("follows no link that stands in its way", async () => {
    const { path, out, directory } = given(stream);
    const target = join(directory, "target");
    const file = join(out, "pc.ram");
    writeFileSync(target, "precious");
    mkdirSync(out);
    for (const to of [target, join(directory, "nowhere")]) {
      symlinkSync(to, file);
      await expect(run(path, { out })).rejects.toThrow(/exists already/);
      expect((await run(path, { out, force: true })).status).toBe(0);
      expect(lstatSync(file).isFile()).toBe(true);
      expect(readdirSync(directory).sort()).toEqual(["out", "stream", "target"]);
      unlinkSync(file);
    }
    expect(readFileSync(target, "utf8")).toBe("precious");
  });

  it("refuses what is no directory, and a directory where a file should be", async () => {
    const { path, out } = given(stream);
    await expect(run(path, { out: path })).rejects.toThrow(/is not a directory/);
    mkdirSync(join(out, "pc.ram"), { recursive: true });
    await expect(run(path, { out, force: true })).rejects.toThrow(/is a directory/);
    expect(readdirSync(out)).toEqual(["pc.ram"]);
  });

  it("leaves nothing behind for a block that is longer than files can be", async () => {
    const usedLength = 2 ** 53 - 2 ** 16;
    const { path, out } = given(ramStream([{ idstr: "m", usedLength }], [normalPage(2 ** 52, page, "m")]));
    const { status, document } = await runJson(path, { out });
    expect([status, document.blocks[0].sha256]).toEqual([1, null]);
    expect(document.findings).toMatchObject([{ rule: "RAM_BLOCK_REBUILT", level: "error" }]);
    for (const name of existsSync(out) ? readdirSync(out) : []) expect(name).toBe("m");
  });
});
