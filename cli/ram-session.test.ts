import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../test/cli.ts";
import { captureOf, talk } from "../test/connections.ts";
import { directionsOf, loadSession, sessionCapture, sessionCaptures } from "../test/session-captures.ts";
import { normalPage, pageOf, ramStream, zeroPage } from "../test/streams.ts";
import { temporaryDirectory } from "../test/temporary.ts";

interface Block {
  readonly idstr: string;
  readonly sha256: string;
  readonly pages: Readonly<Record<"normal" | "zero" | "xbzrle" | "compressed" | "never", number>>;
}

async function rebuilt(...args: readonly string[]): Promise<{ migration: number; blocks: readonly Block[] }> {
  const { out, err } = await cli("ram", "--json", ...args);
  expect(err).toBe("");
  return JSON.parse(out);
}

const sum = (blocks: readonly Block[], kind: keyof Block["pages"]) =>
  blocks.reduce((total, { pages }) => total + pages[kind], 0);

const comparable = sessionCaptures.filter(({ ram, file }) => ram && !/snaplen|late-start/.test(file));

describe("memory over all channels is that of the source", () => {
  it.each(comparable)("$file", async ({ path, ram, pages }) => {
    const { migration, blocks } = await rebuilt(path);
    expect(migration).toBe(0);
    expect(blocks.find(({ idstr }) => idstr === ram?.block)?.sha256).toBe(ram?.sha256);
    expect([sum(blocks, "normal"), sum(blocks, "zero"), sum(blocks, "never")]).toEqual([
      pages?.normal,
      pages?.duplicate,
      0,
    ]);
  });

  const several = comparable.filter(({ connections }) => connections > 1);
  it.each(several)("$file, from the files of its channels", async (capture) => {
    const directory = temporaryDirectory();
    const paths = directionsOf(loadSession(capture)).map(({ up }, i) => {
      const path = join(directory, String(i));
      writeFileSync(path, up);
      return path;
    });
    const { blocks } = await rebuilt(...paths.toReversed());
    expect(blocks.find(({ idstr }) => idstr === capture.ram?.block)?.sha256).toBe(capture.ram?.sha256);
  });

  const postcopy = sessionCaptures.filter(({ capabilities }) => capabilities["postcopy-ram"]);
  it.each(postcopy)("$file: every page comes", async ({ path }) => {
    const { blocks } = await rebuilt(path);
    expect(sum(blocks, "never")).toBe(0);
    expect(sum(blocks, "normal") + sum(blocks, "zero")).toBeGreaterThan(4096);
  });
});

describe("several migrations in one capture", () => {
  const blocks = [{ idstr: "pc.ram", usedLength: 8192 }];
  const one = ramStream(blocks, [normalPage(0, pageOf(1), "pc.ram")]);
  const other = ramStream(blocks, [zeroPage(0, "pc.ram")]);
  const path = () => {
    const file = join(temporaryDirectory(), "two.pcap");
    const segments = [one, other].flatMap((data, i) => {
      const talking = talk(40_000 + i);
      return [...talking.open(), talking.up(0, data), ...talking.close(data.length, 0)];
    });
    writeFileSync(file, captureOf(segments));
    return file;
  };

  it("asks which", async () => {
    const { status, out, err } = await cli("ram", path());
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toBe(
      "migwire: choose one of the migrations with --migration: 0 (to 127.0.0.1:4444), 1 (to 127.0.0.1:4444)\n",
    );
  });

  it("takes the one that is asked for", async () => {
    const file = path();
    const [first, second] = [
      await rebuilt("--migration", "0", file),
      await rebuilt("--migration", "1", file),
    ];
    expect([first.migration, second.migration]).toEqual([0, 1]);
    expect(sum(first.blocks, "normal")).toBe(1);
    expect(sum(second.blocks, "zero")).toBe(1);
    expect(first.blocks[0]?.sha256).not.toBe(second.blocks[0]?.sha256);
  });

  it("refuses one that is not there", async () => {
    const { status, err } = await cli("ram", "--migration", "2", path());
    expect(status).toBe(2);
    expect(err).toContain("no migration 2 with RAM blocks; there is 0 (to 127.0.0.1:4444), 1");
    expect((await cli("ram", "--migration", "x", path())).status).toBe(2);
  });
});

describe("memory of which something is missing", () => {
  const pages = Array.from({ length: 16 }, (_, i) => normalPage(i * 4096, pageOf(i), "pc.ram"));
  const stream = ramStream([{ idstr: "pc.ram", usedLength: 16 * 4096 }], pages);
  /** The stream in segments of 4096 bytes; those that are not wanted were not captured. */
  const captured = (data: Uint8Array, wanted: (i: number) => boolean, port = 40_000, ends = true) => {
    const talking = talk(port);
    const segments = [...talking.open()];
    for (let at = 0; at < data.length; at += 4096)
      if (wanted(at / 4096)) segments.push(talking.up(at, data.subarray(at, at + 4096)));
    return ends ? [...segments, ...talking.close(data.length, 0)] : segments;
  };
  const told = async (segments: Parameters<typeof captureOf>[0], ...options: readonly string[]) => {
    const file = join(temporaryDirectory(), "made.pcap");
    writeFileSync(file, captureOf(segments));
    const { status, out, err } = await cli("ram", "--json", ...options, file);
    expect(err).toBe("");
    const { blocks, findings } = JSON.parse(out);
    const errors = findings
      .filter(({ level }: { level: string }) => level === "error")
      .map(({ rule }: { rule: string }) => rule);
    return { status, blocks, findings, errors };
  };

  it("is fine when all is there", async () => {
    expect(await told(captured(stream, () => true))).toMatchObject({ status: 0, findings: [] });
  });

  it("is wrong behind a gap, although it has a hash", async () => {
    const { status, errors, findings, blocks } = await told(captured(stream, (i) => i !== 5));
    expect({ status, errors }).toEqual({ status: 1, errors: ["RAM_PAGES_CAPTURED"] });
    expect(blocks[0].pages.never).toBeGreaterThan(0);
    const { message, channel } = findings.find(({ rule }: { rule: string }) => rule === "RAM_PAGES_CAPTURED");
    expect(message).toMatch(new RegExp(`${blocks[0].pages.never} pages.* 4096 bytes`));
    expect(channel).toBeNull();
  });

  it("is wrong when the capture stops early", async () => {
    const { status, errors } = await told(captured(stream, (i) => i < 9, 40_000, false));
    expect({ status, errors }).toEqual({ status: 1, errors: ["CHANNEL_COMPLETE"] });
  });

  it("is not there behind TLS", async () => {
    const { status, errors, blocks } = await told(
      captured(Uint8Array.of(0x16, 3, 1, 0, 4, 1, 0, 0, 0), () => true),
    );
    expect({ status, errors, blocks }).toEqual({ status: 1, errors: ["RAM_PAGES_CAPTURED"], blocks: [] });
  });

  it("is not that of another migration, which was cut off", async () => {
    const both = [
      ...captured(stream.subarray(0, 9 * 4096), () => true),
      ...captured(stream, () => true, 40_001),
    ];
    const [first, second] = [await told(both, "--migration", "0"), await told(both, "--migration", "1")];
    expect(first.status).toBe(1);
    expect(first.errors).toContain("CHANNEL_COMPLETE");
    expect(second).toMatchObject({ status: 0, findings: [] });
  });
});

describe("ram of a session", () => {
  const capture = sessionCapture("tcp-multifd-zstd-10.0-to-11.1.pcap");

  it("writes files", async () => {
    const out = join(temporaryDirectory(), "out");
    const { blocks } = await rebuilt("--out", out, "--block", "pc.ram", capture.path);
    expect(readdirSync(out)).toEqual(["pc.ram"]);
    const content = createHash("sha256")
      .update(readFileSync(join(out, "pc.ram")))
      .digest("hex");
    expect(content).toBe(capture.ram?.sha256);
    expect(blocks).toHaveLength(1);
  });

  it("refuses blocks that are not there, and inputs that are not one migration", async () => {
    const out = join(temporaryDirectory(), "out");
    const unknown = await cli("ram", "--out", out, "--block", "pc.nvram", capture.path);
    expect([unknown.status, existsSync(out)]).toEqual([2, false]);
    expect(unknown.err).toContain("pc.nvram");
    const two = await cli("ram", capture.path, capture.path);
    expect(two.status).toBe(2);
    expect(two.err).toContain("name one stream, one capture");
  });

  it("shows a table", async () => {
    const { status, out } = await cli("ram", capture.path);
    expect(status).toBe(0);
    expect(out).toMatch(/^block +bytes +normal/);
    expect(out).toMatch(/pc\.ram +16777216 /);
  });

  it("says that there are no blocks in a capture that lacks the list", async () => {
    const { status, out } = await cli("ram", sessionCapture("tcp-late-start.pcap").path);
    expect(status).toBe(1);
    expect(out).toContain("no RAM blocks");
    expect(out).toContain("[CAPTURE_BEGINS_LATE]");
    expect(out).toContain("[RAM_PAGES_CAPTURED]");
  });
});
