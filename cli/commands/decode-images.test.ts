import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { cli } from "../../test/cli.ts";
import { fileOf, images, written } from "../../test/images.ts";
import { loadLibvirt } from "../../test/libvirt-fixtures.ts";

const HAS_ZSTD = !spawnSync("zstd", ["--version"]).error;
const RAW = "libvirt-11.3-raw.save";
const CUT = "libvirt-11.3-raw-truncated.save";
const ZSTD = "libvirt-12.8-zstd.save";
const SPARSE = "libvirt-12.8-sparse.save";
const QCOW2 = "savevm-7.2.qcow2";

interface Row {
  readonly start: number;
  readonly length: number;
  readonly path: string;
}

/** Offset, length and path of the lines of a dump. */
function rowsOf(dump: string): Row[] {
  return dump
    .trimEnd()
    .split("\n")
    .map((line) => {
      const match = /^([0-9a-f]+) {2}((?:[0-9a-f]{2} )+)(?:\+(\d+))? *(\S+)/.exec(line.slice(0, 200));
      const [, offset = "", bytes = "", more = "0", path = ""] = match ?? [];
      return { start: Number.parseInt(offset, 16), length: bytes.length / 3 + Number(more), path };
    });
}

function gapless(rows: readonly Row[]): number {
  return rows.reduce((at, { start, length }) => {
    expect(start).toBe(at);
    return at + length;
  }, 0);
}

describe("decode of a save image", () => {
  it("shows the image, whose it is, then its stream", async () => {
    const { status, out, err } = await cli("decode", fileOf(RAW));
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const titles = out.split("\n").map((line) => line.slice(0, 9).trimEnd());
    expect(titles.filter((title) => title !== "")).toEqual([
      "input",
      "image",
      "saved by",
      "domain",
      "devices",
      "texts",
      "payload",
      "machine",
      "writer",
      "sections",
      "ram",
      "devices",
      "vmdesc",
      "end",
    ]);
    expect(out).toContain("magic complete, version 2, little-endian, raw, runs after a restore");
    expect(out).toContain("pc-i440fx-5.2, 16 MiB, 1 vCPU");
    expect(out).toContain("XML 1262 bytes, cookie 235 bytes, padding 65536 bytes");
  });

  it("writes the document that design.md describes", async () => {
    const path = fileOf(RAW);
    const { out } = await cli("decode", "--json", path);
    const document = JSON.parse(out);
    expect(Object.keys(document)).toEqual([
      "format",
      "input",
      "saveImage",
      "domain",
      "cookie",
      "channels",
      "findings",
    ]);
    expect(document.input).toEqual({ name: path, size: 385022, container: "libvirt-save" });
    expect(document.saveImage).toMatchObject({
      magic: "complete",
      version: 2,
      endian: "little",
      dataLength: 67035,
      wasRunning: true,
      compression: "raw",
      cookieOffset: 1263,
      xmlBytes: 1262,
      payloadOffset: 67127,
      payload: { kind: "qevm", bytes: 317895, streamBytes: 317895 },
    });
    expect(document.domain).toMatchObject({ name: "lab-1-raw", machine: "pc-i440fx-5.2", memoryKiB: 16384 });
    const [{ stream, ...channel }] = document.channels;
    expect(channel).toMatchObject({ role: "main", bytes: 385022 });
    expect(stream).toMatchObject({ machine: "pc-i440fx-5.2", end: { reason: "eof", offset: 385022 } });
    expect(stream.sections[0].offset).toBe(67127 + 26);
  });

  it("tells events as they are read, the image first", async () => {
    const path = fileOf(CUT);
    const { status, out } = await cli("decode", "--ndjson", path);
    expect(status).toBe(1);
    const events = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ input: path, kind: "save-image", saveImage: { magic: "complete" } });
    expect(events[1]).toMatchObject({ kind: "header", offset: 67127 });
    expect(events.at(-1)).toMatchObject({ kind: "end", reason: "truncated" });
    const rules = events.flatMap(({ kind, finding }) => (kind === "finding" ? [finding.rule] : []));
    expect(rules).toEqual(["STREAM_COMPLETE"]);
  });

  it.skipIf(!HAS_ZSTD)("says of a compressed stream where its findings are", async () => {
    const whole = loadLibvirt(ZSTD);
    const { out: json } = await cli("decode", "--json", written(whole));
    const [{ stream, bytes }] = JSON.parse(json).channels;
    expect({ bytes, first: stream.sections[0].offset }).toEqual({ bytes: 310938, first: 26 });
    const cut = await cli("decode", written(whole.slice(0, 80_000)));
    expect(cut.status).toBe(1);
    expect(cut.out).toContain("[PAYLOAD_DECOMPRESSES]");
    expect(cut.out).toContain("premature end");
  });

  it("takes anything for an image where it is told to", async () => {
    const path = written(
      new TextEncoder().encode("nothing of the kind, but long enough to look at".repeat(5)),
    );
    const { status, out } = await cli("decode", "--as-format", "libvirt-save", "--json", path);
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ input: { container: null }, saveImage: null, channels: [] });
  });
});

describe("decode of a qcow2 image", () => {
  it("shows each VM state by itself", async () => {
    const path = fileOf(QCOW2);
    const { status, out } = await cli("decode", path);
    expect(status).toBe(0);
    expect(out.match(/^snapshot +\S+ \S+,/gm)?.length).toBe(3);
    const { out: json } = await cli("decode", "--json", "--snapshot", "snap-b", path);
    const document = JSON.parse(json);
    expect(document.input).toMatchObject({ name: path, container: "qcow2" });
    expect(document.snapshot).toMatchObject({ id: "2", name: "snap-b", size: 355223 });
    expect(document.channels[0].stream).toMatchObject({ machine: "pc-i440fx-5.2", end: { reason: "eof" } });
    expect(document.findings).toEqual([]);
  });

  it("tells events by snapshot", async () => {
    const { out } = await cli("decode", "--ndjson", fileOf(QCOW2));
    const events = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ kind: "qcow2", facts: { version: 3 } });
    const ends = events.filter(({ kind }) => kind === "end");
    expect(ends.map(({ snapshot }) => snapshot)).toEqual(["1", "2", "3"]);
  });

  it("knows the snapshots by id and name, and no others", async () => {
    const { status, err } = await cli("decode", "--snapshot", "snap-z", fileOf(QCOW2));
    expect(status).toBe(2);
    expect(err).toContain('no snapshot "snap-z" with a VM state; the image has 1 (snap-a)');
    const other = await cli("decode", "--snapshot", "1", fileOf(RAW));
    expect(other).toMatchObject({ status: 2 });
  });
});

describe("hex of an image", () => {
  it.each([RAW, CUT, SPARSE])("names every byte of %s", async (file) => {
    const { out } = await cli("hex", fileOf(file));
    const rows = rowsOf(out);
    expect(gapless(rows)).toBe(loadLibvirt(file).length);
    const paths = rows.map(({ path }) => path);
    expect(paths[0]).toBe("SaveHeader.magic");
    for (const name of ["SaveImage.xml", "SaveImage.cookie", "SaveImage.padding", "FileHeader.magic"])
      expect(paths).toContain(name);
    expect(paths.some((path) => path.includes("cpu"))).toBe(file !== CUT);
  });

  it("leaves a compressed payload closed", async () => {
    const { status, out } = await cli("hex", fileOf(ZSTD));
    expect(status).toBe(0);
    const rows = rowsOf(out);
    expect(gapless(rows)).toBe(loadLibvirt(ZSTD).length);
    expect(rows.at(-1)?.path).toBe("payload");
    expect(out).toContain("payload  zstd, 38206 bytes");
  });

  it("names what is understood of a qcow2 image", async () => {
    const { out } = await cli("hex", fileOf(QCOW2));
    const rows = rowsOf(out);
    expect(gapless(rows)).toBe(loadLibvirt(QCOW2).length);
    expect(rows.filter(({ path }) => path.endsWith(".vmState")).length).toBe(3);
  });
});

describe("ram of an image", () => {
  it("is the same whatever the image is compressed with", async () => {
    const told = await cli("ram", "--json", fileOf(RAW));
    expect(told.status).toBe(0);
    const { blocks } = JSON.parse(told.out);
    expect(blocks[0]).toMatchObject({ idstr: "pc.ram", usedLength: "16777216", pages: { never: 0 } });
    const zipped = written(new Uint8Array(spawnSync("gzip", ["-c"], { input: loadLibvirt(RAW) }).stdout));
    expect(JSON.parse((await cli("ram", "--json", zipped)).out).blocks).toEqual(blocks);
  });

  it.each(images.filter(({ ram_at_last_snapshot: ram }) => ram))(
    "is what QEMU had at $file",
    async (image) => {
      const path = fileOf(image.file);
      const { out, status, err } = await cli("ram", "--json", "--snapshot", "snap-b", path);
      expect({ status, err }).toEqual({ status: 0, err: "" });
      const [block] = JSON.parse(out).blocks;
      expect(block.sha256).toBe(image.ram_at_last_snapshot?.sha256);
      const all = await cli("ram", path);
      expect(all.status).toBe(2);
      expect(all.err).toContain("pick one with --snapshot: 1 (snap-a), 2 (snap-b)");
    },
  );

  it("misses what the image lacks", async () => {
    const { status, out } = await cli("ram", "--json", fileOf(CUT));
    expect(status).toBe(1);
    expect(JSON.parse(out).findings.map(({ rule }: { rule: string }) => rule)).toEqual(["STREAM_COMPLETE"]);
    const header = await cli("ram", "--json", written(loadLibvirt(RAW).slice(0, 2000)));
    expect(header.status).toBe(1);
    expect(JSON.parse(header.out).blocks).toEqual([]);
  });
});
