import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Capture, fixtures, load } from "../../test/captures.ts";
import { cli } from "../../test/cli.ts";
import { temporaryDirectory } from "../../test/temporary.ts";

const named = (file: string): Capture => {
  const found = fixtures.find((fixture) => fixture.file === file);
  if (!found) throw new TypeError(file);
  return found;
};
const plain = named("precopy-10.0-q35-5.2.bin");
const mapped = named("mapped-ram-11.1.bin.gz");

describe("decode", () => {
  it("shows one screen that ends with how the stream ended", async () => {
    const { status, out, err } = await cli("decode", plain.path);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out.split("\n").length).toBeLessThan(25);
    expect(out).toContain("machine   pc-q35-5.2");
    expect(out).toMatch(/pc\.ram +16 MiB {2}34 normal, 4062 zero/);
    expect(out).toContain(`end       eof at ${plain.size}`);
  });

  it("writes the document that design.md describes", async () => {
    const { status, out } = await cli("decode", "--json", plain.path);
    const document = JSON.parse(out);
    expect(status).toBe(0);
    expect(Object.keys(document)).toEqual(["format", "input", "channels", "findings"]);
    expect(document.format).toBe("migwire/decode@1");
    expect(document.input).toEqual({ name: plain.path, size: plain.size, container: "qevm" });
    const [{ stream, ...channel }] = document.channels;
    expect(channel).toEqual({
      role: "main",
      direction: "source-to-destination",
      connection: null,
      bytes: plain.size,
    });
    expect(stream.configuration).toEqual({ capabilities: [], uuid: null, targetPageBits: null });
    expect(stream.sections[0]).toMatchObject({
      kind: "start",
      idstr: "ram",
      instance: 0,
      version: 4,
      footer: true,
    });
    expect(stream.ram).toMatchObject({ pageSize: 4096, totalBytes: "17113088", rounds: 1 });
    expect(stream.ram.blocks[0]).toMatchObject({ idstr: "pc.ram", usedLength: "16777216" });
    expect(stream.devices[0]).toMatchObject({ idstr: "timer", instance: 0, version: 2 });
    expect(stream.devices[0].fields).toHaveProperty("cpu_clock_offset");
    expect(stream.end).toEqual({ reason: "eof", offset: plain.size });
    expect(document.findings).toEqual([]);
  });

  it("tells sections that follow each other without a gap", async () => {
    const { out } = await cli("decode", "--json", plain.path);
    const { sections, vmdesc } = JSON.parse(out).channels[0].stream;
    const ends = sections.map(({ offset, length }: { offset: number; length: number }) => offset + length);
    expect(sections.slice(1).map(({ offset }: { offset: number }) => offset)).toEqual(ends.slice(0, -1));
    expect(ends.at(-1)).toBe(vmdesc.offset - 1);
  });

  it("names a mapped-ram file, inflated on the way", async () => {
    const { status, out } = await cli("decode", "--json", mapped.path);
    expect(status).toBe(0);
    expect(JSON.parse(out).input.container).toBe("mapped-ram");
    expect(JSON.parse(out).channels[0].stream.configuration.capabilities).toEqual(["mapped-ram"]);
  });

  it("streams events a line each", async () => {
    const { out } = await cli("decode", "--ndjson", plain.path);
    const kinds = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).kind);
    expect(kinds.slice(0, 3)).toEqual(["header", "configuration", "ram-blocks"]);
    expect(kinds.at(-1)).toBe("end");
  });

  it("finds a stream behind a hole, and with --offset behind anything", async () => {
    const data = load(plain);
    const file = join(temporaryDirectory(), "offset.bin");
    writeFileSync(file, new Uint8Array([...new TextEncoder().encode("somebody else's header"), ...data]));
    const refused = await cli("decode", file);
    expect(refused.status).toBe(1);
    expect(refused.out).toContain("read it with --offset 22");
    const read = await cli("decode", "--json", "--offset", "22", file);
    expect(read.status).toBe(0);
    expect(JSON.parse(read.out).channels[0].stream.end).toEqual({ reason: "eof", offset: 22 + data.length });
    writeFileSync(file, new Uint8Array([...new Uint8Array(4096), ...data]));
    expect((await cli("decode", file)).status).toBe(0);
  });

  it("reports damage with its place and goes on", async () => {
    const file = join(temporaryDirectory(), "damaged.bin");
    writeFileSync(file, load(plain).with(23, 0x7f));
    const { status, out } = await cli("decode", "--json", file);
    const { channels, findings } = JSON.parse(out);
    expect(status).toBe(1);
    expect(findings[0]).toMatchObject({
      rule: "STREAM_WELL_FORMED",
      level: "error",
      offset: 23,
      expected: "a section type",
      found: "0x7f",
    });
    expect(channels[0].stream.end).toEqual({ reason: "eof", offset: plain.size });
  });

  it("says that a gzip file is cut off", async () => {
    const file = join(temporaryDirectory(), "cut.bin.gz");
    writeFileSync(file, readFileSync(mapped.path).subarray(0, 30_000));
    const { status, out } = await cli("verify", "--json", file);
    const [input] = JSON.parse(out).inputs;
    expect(status).toBe(1);
    expect(input.verdict).toBe("partial");
    expect(input.findings.map(({ rule }: { rule: string }) => rule)).toEqual([
      "STREAM_COMPLETE",
      "CONTAINER_SOUND",
    ]);
  });

  it("does not let a name from the stream steer the terminal", async () => {
    const data = load(plain);
    data[0x35] = 0x1b;
    const file = join(temporaryDirectory(), "escape.bin");
    writeFileSync(file, data);
    const { out } = await cli("decode", file);
    expect(out).not.toContain("\u001b");
    expect(out).toContain("\\x1b");
  });
});

describe("verify", () => {
  const verdicts: readonly (readonly [
    what: string,
    verdict: string,
    status: number,
    change: (data: Uint8Array) => Uint8Array,
  ])[] = [
    ["as recorded", "whole", 0, (data) => data],
    ["cut in the middle", "partial", 1, (data) => data.subarray(0, 100_000)],
    ["with a bad section type", "damaged", 1, (data) => data.with(23, 0x7f)],
    ["that is something else", "unrecognised", 1, () => new TextEncoder().encode("QFI\u00fb, not quite")],
    ["that is empty", "unrecognised", 1, () => new Uint8Array(0)],
  ];

  it.each(verdicts)("calls a stream %s %s", async (_, verdict, status, change) => {
    const file = join(temporaryDirectory(), "stream.bin");
    writeFileSync(file, change(load(plain)));
    const result = await cli("verify", "--json", file);
    expect(result.status).toBe(status);
    expect(JSON.parse(result.out)).toMatchObject({
      format: "migwire/verify@1",
      inputs: [{ name: file, verdict }],
    });
    expect((await cli("verify", file)).out).toContain(`${file}: ${verdict}`);
  });

  it("judges the others when one input cannot be read", async () => {
    const { status, out, err } = await cli("verify", plain.path, "/nowhere/at/all", mapped.path);
    expect(status).toBe(2);
    expect(out).toBe(`${plain.path}: whole\n${mapped.path}: whole\n`);
    expect(err).toContain("/nowhere/at/all");
  });
});

describe("hex", () => {
  it("gives every byte a name", async () => {
    const { status, out, err } = await cli("hex", plain.path);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const lines = out.trimEnd().split("\n");
    expect(lines[0]).toBe("00000000  51 45 56 4d              FileHeader.magic  0x5145564d");
    expect(lines.filter((line) => line.includes("gap"))).toEqual([]);
    expect(out).toContain("cpu.env.eip");
  });

  it("says that a spooled gzip file was cut off", async () => {
    const file = join(temporaryDirectory(), "cut.bin.gz");
    writeFileSync(file, readFileSync(mapped.path).subarray(0, 30_000));
    const { status, err } = await cli("hex", file);
    expect(status).toBe(1);
    expect(err).toContain("CONTAINER_SOUND");
  });

  it("shows what it could not read as gaps, up to the last byte", async () => {
    const file = join(temporaryDirectory(), "cut.bin");
    writeFileSync(file, load(plain).subarray(0, 1000));
    const { status, out } = await cli("hex", file);
    expect(status).toBe(1);
    const rows = out.trimEnd().split("\n");
    expect(rows.at(-1)).toMatch(/ gap {2}\d+ bytes$/);
  });
});

describe("usage", () => {
  it.each([
    ["no verb", []],
    ["an unknown verb", ["frobnicate"]],
    ["an unknown option", ["decode", "--frob", plain.path]],
    ["a bad offset", ["decode", "--offset", "12q", plain.path]],
    ["a missing file", ["decode", "/nowhere/at/all"]],
    ["a directory", ["decode", "."]],
  ])("answers %s with status 2 and nothing on stdout", async (_, args) => {
    const { status, out, err } = await cli(...args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).not.toBe("");
    expect(err).not.toContain("    at ");
  });

  it.each([["--help"], ["--version"]])("answers %s with status 0", async (option) => {
    expect((await cli(option)).status).toBe(0);
  });
});
