import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixtures, load } from "../../../test/captures.ts";
import { cli } from "../../../test/cli.ts";
import { failing } from "../../../test/failing-file-system.ts";
import { bytesOf, copyOf, expectBytes, fileOf } from "../../../test/image-files.ts";
import { loadLibvirt } from "../../../test/libvirt-fixtures.ts";
import { COOKIE, readSave, XML } from "../../../test/save-images.ts";
import { temporaryDirectory } from "../../../test/temporary.ts";
import { nodeFileSystem } from "../../durable/file-system.ts";
import { startCompressor } from "../../image/compressor.ts";
import { wrap as wrapStream } from "./wrap.ts";

const STREAM = loadOf("precopy-10.0-i440fx-5.2.bin.gz");
const MAPPED = loadOf("mapped-ram-11.1.bin.gz");
const FORMATS = ["raw", "gzip", "bzip2", "xz", "lzop", "zstd"] as const;
const has = (format: string) =>
  format === "raw" || format === "gzip" || spawnSync(format, ["--version"]).status === 0;

function loadOf(name: string): Uint8Array {
  const capture = fixtures.find(({ file }) => file === name);
  if (!capture) throw new Error(`there is no fixture ${name}`);
  return load(capture);
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const fresh = (name = "out.save") => join(temporaryDirectory(), name);
const entries = (path: string) => readdirSync(join(path, ".."));
const xmlFile = () => fileOf(XML, "vm.xml");
const wrap = (...args: string[]) => cli("image", "wrap", ...args);
const unwrap = (...args: string[]) => cli("image", "unwrap", ...args);

describe("image wrap", () => {
  it.each(FORMATS)("makes an image that unwraps to the stream again: %s", async (format) => {
    if (!has(format)) return;
    const path = fresh();
    const stream = fileOf(STREAM, "stream");
    const cookie = fileOf(COOKIE, "cookie.xml");
    const { status, out, err } = await wrap(
      ...[stream, "--xml", xmlFile(), "--cookie", cookie, "-o", path, "--format", format, "--paused"],
    );
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toContain(`${format}, complete, paused`);
    const { image, findings, payload } = readSave(bytesOf(path));
    expect(findings).toEqual([]);
    expect(image).toMatchObject({ magic: "complete", version: 2, wasRunning: 0, compression: format });
    expect(image).toMatchObject({
      xml: { text: XML },
      cookie: { text: COOKIE },
      padding: { length: 65536, zero: true },
    });
    if (format === "raw") expect(sha256(payload)).toBe(sha256(STREAM));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(entries(path)).toEqual(["out.save"]);
    const bare = await unwrap(path);
    expect(bare).toMatchObject({ status: 0, err: "" });
    expect(sha256(bare.bytes)).toBe(sha256(STREAM));
    expect((await cli("image", "mark", path, "complete")).out).toContain("already");
  });

  it("is laid out as libvirt does it", async () => {
    const image = loadLibvirt("libvirt-9.0-raw.save");
    const original = fileOf(image);
    const [xml, cookie] = await Promise.all([
      cli("image", "xml", original),
      cli("image", "xml", "--cookie", original),
    ]);
    const stream = fresh("stream");
    expect((await unwrap(original, "-o", stream)).status).toBe(0);
    const path = fresh();
    const texts = ["--xml", fileOf(xml.bytes, "x"), "--cookie", fileOf(cookie.bytes, "c")];
    expect((await wrap(stream, ...texts, "-o", path)).status).toBe(0);
    expectBytes(path, image);
  });

  it("does not write an image of a stream that is not whole", async () => {
    const stream = fileOf(STREAM.subarray(0, 200_000), "stream");
    const path = fresh();
    const refused = await wrap(stream, "--xml", xmlFile(), "-o", path);
    expect(refused.status).toBe(1);
    expect(refused.err).toContain("[STREAM_COMPLETE]");
    expect(refused.err).toContain("was not written");
    expect(entries(path)).toEqual([]);
    for (const option of ["--partial", "--force"]) {
      const kept = await wrap(stream, "--xml", xmlFile(), "-o", path, option, "--force");
      expect(kept.status).toBe(1);
      expect(kept.out).toContain("raw, partial");
      expect(readSave(bytesOf(path)).image?.magic).toBe("partial");
    }
  });

  it("does not put a stream behind the XML of another guest", async () => {
    const path = fresh();
    for (const [xml, rule] of [
      [XML.replace("5.2", "7.2"), "SAVE_MACHINE_AGREES"],
      [XML.replace("16384", "65536"), "SAVE_MEMORY_AGREES"],
    ] as const) {
      const { status, err } = await wrap(fileOf(STREAM, "s"), "--xml", fileOf(xml, "x"), "-o", path);
      expect(status).toBe(1);
      expect(err).toContain(rule);
      expect(existsSync(path)).toBe(false);
    }
  });

  it("leaves the image unfinished when asked to", async () => {
    const path = fresh();
    const { status, out } = await wrap(fileOf(STREAM, "s"), "--xml", xmlFile(), "-o", path, "--partial");
    expect(status).toBe(0);
    expect(out).toContain("raw, partial, running");
    expect(readSave(bytesOf(path)).image?.magic).toBe("partial");
  });

  it("refuses what cannot become an image", async () => {
    const stream = fileOf(STREAM, "s");
    const path = fresh();
    const fails = async (...args: string[]) => {
      const { status, err } = await wrap(...args);
      expect(status).toBe(2);
      return err;
    };
    expect(await fails(copyOf("libvirt-9.0-raw.save"), "--xml", xmlFile(), "-o", path)).toContain(
      "looks like a libvirt save image",
    );
    expect(await fails(stream, "--xml", fileOf("<network/>", "x"), "-o", path)).toContain("<network>");
    expect(await fails(stream, "--xml", xmlFile(), "-o", "-")).toContain("cannot go through a pipe");
    expect(await fails(stream, "--xml", xmlFile(), "-o", path, "--format", "sparse")).toContain(
      "not a mapped-ram stream",
    );
    expect(await fails(stream, "--xml", xmlFile(), "-o", path, "--cookie", fileOf("<x/>", "c"))).toContain(
      "not a save cookie",
    );
    expect(await fails(stream, "--xml", "/nowhere", "-o", path)).toContain("ENOENT");
    expect(await fails("/nowhere", "--xml", xmlFile(), "-o", path)).toContain("ENOENT");
    expect(await fails("-", "--xml", "-", "-o", path)).toContain("stdin is either");
    writeFileSync(path, "precious");
    expect(await fails(stream, "--xml", xmlFile(), "-o", path)).toContain("exists already");
    expect(entries(path)).toEqual(["out.save"]);
    expectBytes(path, new TextEncoder().encode("precious"));
    expect((await wrap(stream, "--xml", xmlFile(), "-o", path, "--force")).status).toBe(0);
  });

  it("says when the program for a format is missing, and leaves nothing behind", async () => {
    const path = fresh();
    const { PATH } = process.env;
    process.env.PATH = "/nowhere";
    try {
      const { status, err } = await wrap(
        fileOf(STREAM, "s"),
        "--xml",
        xmlFile(),
        "-o",
        path,
        "--format",
        "xz",
      );
      expect(status).toBe(2);
      expect(err).toContain("xz failed: it is not installed (Debian package xz-utils)");
      expect(entries(path)).toEqual([]);
    } finally {
      process.env.PATH = PATH;
    }
  });

  it.each(["raw", "gzip"] as const)("leaves nothing behind when the disk is full: %s", async (format) => {
    const path = fresh();
    let writes = 0;
    const fs = failing({ write: () => (++writes > 2 ? "ENOSPC" : undefined) });
    const output = { out: () => {}, err: () => {}, colour: false, interactive: false };
    const options = { xml: xmlFile(), output: path, format };
    await expect(wrapStream(fileOf(STREAM, "s"), options, output, fs)).rejects.toThrow("ENOSPC");
    expect(writes).toBe(3);
    expect(entries(path)).toEqual([]);
  });

  it("gives up on a program that does not get on", async () => {
    if (!has("xz")) return;
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "xz"), "#!/bin/sh\nexec sleep 600\n", { mode: 0o755 });
    const { PATH } = process.env;
    process.env.PATH = `${directory}:${PATH}`;
    try {
      const compressor = startCompressor("xz", 1, nodeFileSystem, { bytes: 1, seconds: 0.1 });
      await expect(
        (async () => {
          await compressor.write(new Uint8Array(1 << 20));
          await compressor.end();
        })(),
      ).rejects.toThrow("xz failed: it did nothing for 0.1 seconds");
    } finally {
      process.env.PATH = PATH;
    }
  });

  it("moves the offsets of a mapped-ram stream, and keeps its holes", async () => {
    const xml = XML.replace("16384", "16384");
    const stream = fileOf(MAPPED, "stream");
    const path = fresh();
    const { status, err, out } = await wrap(stream, "--xml", fileOf(xml, "x"), "-o", path);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toContain("sparse, complete");
    expect(statSync(path).blocks * 512).toBeLessThan(2 << 20);
    expect((await cli("image", "mark", path, "partial")).status).toBe(0);
    expect((await cli("image", "mark", path, "complete")).status).toBe(0);
    const again = fresh("again");
    expect(await unwrap(path, "-o", again)).toMatchObject({ status: 0, err: "" });
    expectBytes(again, MAPPED);
  });

  it("moves the pages too where the XML does not fit in front of them", async () => {
    const xml = XML.replace("<name>", `<!-- ${"x".repeat(1_500_000)} -->\n<name>`);
    const path = fresh();
    expect(await wrap(fileOf(MAPPED, "s"), "--xml", fileOf(xml, "x"), "-o", path)).toMatchObject({
      status: 0,
      err: "",
    });
    expect(statSync(path).size).toBe(MAPPED.length + (1 << 20));
    const ram = async (file: string) => JSON.parse((await cli("ram", "--json", file)).out).blocks;
    const again = fresh("again");
    expect((await unwrap(path, "-o", again)).status).toBe(0);
    const hashes = (await ram(fileOf(MAPPED, "s"))).map(({ sha256: hash }: { sha256: string }) => hash);
    expect(hashes).toHaveLength(6);
    expect((await ram(again)).map(({ sha256: hash }: { sha256: string }) => hash)).toEqual(hashes);
  });
});
