import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { concat } from "../../codec/layout/index.ts";
import { bytesOf, fileOf, images, readFile, sha256, written } from "../../test/images.ts";
import { loadLibvirt } from "../../test/libvirt-fixtures.ts";
import { temporaryDirectory } from "../../test/temporary.ts";
import { openInput } from "../io.ts";
import { inflate } from "../payload/feed-payload.ts";
import { LIMITS } from "../payload/meter.ts";
import { PROGRAMS } from "../payload/programs.ts";

const MISSING = new Set(
  Object.values(PROGRAMS)
    .map(({ program }) => program)
    .filter((program) => spawnSync(program, ["--version"]).error),
);
const FORMATS = ["raw", "gzip", "bzip2", "xz", "lzop", "zstd", "sparse"];
const saves = images.filter(({ truth }) => truth !== undefined);
const HEADER_FORMAT = 28;
const KIB_64 = 65536;

/** A raw image of a real guest, small. */
const raw = loadLibvirt("libvirt-11.3-raw.save");
const at = payloadOffset(raw);
const stream = raw.subarray(at);

function payloadOffset(bytes: Uint8Array): number {
  return 92 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(20, true);
}

/** So many MiB of zeros, as a gzip member each. */
function zeros(mebibytes: number): Uint8Array[] {
  return Array(mebibytes).fill(new Uint8Array(gzipSync(new Uint8Array(1 << 20))));
}

/** The raw image with another payload, and another number for its format. */
function withPayload(payload: Uint8Array, format: number): Uint8Array {
  const bytes = concat([raw.subarray(0, at), payload]);
  bytes[HEADER_FORMAT] = format;
  return bytes;
}

function compressed(program: string, bytes = stream): Uint8Array {
  const { stdout } = spawnSync(program, ["-c"], { input: bytes, maxBuffer: 1 << 28 });
  return new Uint8Array(stdout);
}

describe("images of real libvirt", () => {
  it("are many", () => {
    expect(saves.length).toBeGreaterThan(20);
  });

  it.each(saves)("hold what is known of $file", async (save) => {
    const { truth } = save;
    if (!truth || MISSING.has(FORMATS[truth.format_number] ?? "")) return;
    const path = written(bytesOf(save));
    const { image, payload, stream, facts, size, xml } = await readFile(path);
    expect(size).toBe(save.size);
    expect(facts.size).toBe(size);
    expect(image?.payloadOffset).toBe(truth.payload_offset);
    expect(payload).toMatchObject({ offset: truth.payload_offset, length: truth.payload_bytes });
    expect(payload?.bytes).toBe(truth.stream_bytes);
    expect(payload?.problem?.status ?? 0).toBe(truth.decompress_rc ?? 0);
    expect(payload?.problem === undefined).toBe((truth.decompress_rc ?? 0) === 0);
    expect(xml?.problem).toBeNull();
    if (save.restore?.rc === 0) expect(stream).toMatchObject({ findings: [], end: { reason: "eof" } });
    expect(stream === null).toBe(truth.stream_bytes === 0);
  });

  it.each(saves)("give the stream of $file", async (save) => {
    const { truth } = save;
    if (!truth || MISSING.has(FORMATS[truth.format_number] ?? "")) return;
    const path = written(bytesOf(save));
    const hash = createHash("sha256");
    const { fd, size = 0 } = openInput(path, 0);
    const { kind } = (await readFile(path)).payload ?? {};
    const format = kind === "qevm" || kind === "empty" || kind === "unknown" || !kind ? null : kind;
    await inflate(
      { fd, offset: truth.payload_offset, size },
      format,
      (chunk) => void hash.update(chunk),
      LIMITS,
      () => {},
    );
    expect(hash.digest("hex")).toBe(truth.stream_sha256);
  });
});

describe("a payload that contradicts the header", () => {
  it.each([
    [1, stream, "gzip", "qevm"],
    [0, compressed("gzip"), "raw", "gzip"],
    [5, compressed("gzip"), "zstd", "gzip"],
    [6, compressed("gzip"), "sparse", "gzip"],
  ] as const)("is read as what it is: format %d", async (format, payload, expected, found) => {
    const read = await readFile(written(withPayload(payload, format)));
    expect(read.rules).toEqual(["SAVE_PAYLOAD_FORMAT_AGREES"]);
    expect(read.findings[0]).toMatchObject({ level: "error", offset: at, args: { expected, found } });
    expect(read.payload?.bytes).toBe(stream.length);
    expect(read.stream?.end.reason).toBe("eof");
  });

  it("is not believed to be raw in version 1, which has no format", async () => {
    const bytes = withPayload(compressed("gzip"), 1);
    bytes[16] = 1;
    const { rules } = await readFile(written(bytes));
    expect(rules).toContain("SAVE_PAYLOAD_FORMAT_AGREES");
  });

  it("contradicts nothing where the header's number is unknown", async () => {
    const { rules, stream: read } = await readFile(written(withPayload(stream, 7)));
    expect(rules).not.toContain("SAVE_PAYLOAD_FORMAT_AGREES");
    expect(read?.end.reason).toBe("eof");
  });
});

describe("a payload", () => {
  it("may be missing", async () => {
    for (const format of [0, 1, 5]) {
      const { rules, payload, stream, facts } = await readFile(
        written(withPayload(new Uint8Array(0), format)),
      );
      expect(rules).toEqual(["SAVE_PAYLOAD_PRESENT"]);
      expect(payload).toMatchObject({ kind: "empty", length: 0, bytes: 0 });
      expect(stream).toBeNull();
      expect(facts.payload).toEqual({ offset: at, first: new Uint8Array(0), kind: "empty" });
    }
  });

  it("is not there where the header or the texts are cut off", async () => {
    for (const length of [10, 50, 92, 500, at - 1]) {
      const { payload, facts, stream, rules } = await readFile(written(raw.slice(0, length)));
      expect({ payload, stream, facts: facts.payload }).toEqual({ payload: null, stream: null });
      expect(rules).not.toEqual([]);
    }
  });

  it("may be of no kind that is known", async () => {
    const noise = Uint8Array.from({ length: 5000 }, (_, i) => 3 + ((i * 7) % 250));
    const plain = await readFile(written(withPayload(noise, 0)));
    expect(plain.rules).toEqual(["SAVE_PAYLOAD_KNOWN", "FILE_MAGIC_KNOWN"]);
    const packed = await readFile(written(withPayload(noise, 1)));
    expect(packed.rules).toEqual(["SAVE_PAYLOAD_KNOWN", "PAYLOAD_DECOMPRESSES"]);
    expect(packed.facts.payload?.problem).toMatchObject({
      program: "gzip",
      status: 1,
      text: "gzip: stdin: not in gzip format",
    });
    expect(packed.stream).toBeNull();
  });

  it("may go on behind the stream", async () => {
    const zeros = await readFile(written(withPayload(concat([stream, new Uint8Array(3000)]), 0)));
    expect(zeros.stream?.findings).toMatchObject([
      { rule: "SAVE_TRAILING_BYTES", level: "note", offset: raw.length, args: { length: 3000 } },
    ]);
    const junk = concat([compressed("gzip"), Uint8Array.of(1, 2, 3)]);
    const behind = await readFile(written(withPayload(junk, 1)));
    expect(behind.findings).toMatchObject([
      { rule: "PAYLOAD_DECOMPRESSES", level: "warning", args: { status: 2 } },
    ]);
    expect(behind.stream?.end.reason).toBe("eof");
  });

  it.each([
    [90_000, "note"],
    [100_000, "error"],
  ])("makes a restore hang where a program gives much behind the stream: %i bytes", async (length, level) => {
    const behind = concat([stream, new Uint8Array(length)]);
    const raw = await readFile(written(withPayload(behind, 0)));
    expect(raw.stream?.findings).toMatchObject([{ rule: "SAVE_TRAILING_BYTES", level: "note" }]);
    const packed = await readFile(written(withPayload(compressed("gzip", behind), 1)));
    expect(packed.stream?.findings).toMatchObject([{ rule: "SAVE_TRAILING_BYTES", level, args: { length } }]);
  });

  it("is ended where it does not end", async () => {
    const packed = concat([compressed("gzip"), ...zeros(200)]);
    const { payload, findings, stream: read } = await readFile(written(withPayload(packed, 1)));
    expect(findings).toMatchObject([{ rule: "PAYLOAD_SIZE_BOUNDED", args: { why: "behind-end" } }]);
    expect(payload?.bytes).toBeLessThan(80 << 20);
    expect(read?.findings.map(({ rule }) => rule)).toEqual(["SAVE_TRAILING_BYTES"]);
  });

  it("is ended where it is too large for the guest", async () => {
    const limits = { bytes: 100_000 };
    const { findings, payload } = await readFile(written(withPayload(compressed("gzip"), 1)), { limits });
    // The XML tells of 16 MiB, of which four times as much may come.
    expect(findings).toEqual([]);
    expect(payload?.bytes).toBe(stream.length);
    const bomb = concat([compressed("gzip", stream.subarray(0, 100_000)), ...zeros(90)]);
    const told = await readFile(written(withPayload(bomb, 1)), { limits });
    expect(told.rules).toContain("PAYLOAD_SIZE_BOUNDED");
  });
});

describe.skipIf(MISSING.has("zstd"))("an image that is no plain file", () => {
  const zstd = withPayload(compressed("zstd"), 5);

  it.each([
    ["raw", raw],
    ["zstd", zstd],
  ])("may be compressed as a whole: %s", async (_, bytes) => {
    const plain = await readFile(written(bytes));
    for (const program of ["gzip", "zstd", "xz"]) {
      if (MISSING.has(program)) continue;
      const packed = await readFile(written(compressed(program, bytes)));
      expect(packed.compression).toBe(program);
      expect(packed.rules).toEqual([]);
      expect(packed.facts).toEqual(plain.facts);
      expect(packed.summary).toEqual(plain.summary);
      expect(packed.payload).toEqual(plain.payload);
    }
  });

  it("may come through a pipe", async () => {
    const path = join(temporaryDirectory(), "pipe");
    spawnSync("mkfifo", [path]);
    const plain = await readFile(written(zstd));
    const source = written(zstd, "source");
    const writer = spawn("dd", [`if=${source}`, `of=${path}`, "bs=777"], { stdio: "ignore" });
    const piped = await readFile(path);
    await new Promise(
      (resolve) => void (writer.exitCode === null ? writer.once("exit", resolve) : resolve(0)),
    );
    expect(piped.rules).toEqual([]);
    expect(piped.facts).toEqual(plain.facts);
    expect(piped.payload).toEqual(plain.payload);
    expect(piped.allocated).toBeNull();
  });

  it("may stand further on in a file", async () => {
    const shifted = await readFile(written(concat([new Uint8Array(5000), zstd])), {}, {}, 5000);
    const plain = await readFile(written(zstd));
    expect(shifted.rules).toEqual([]);
    expect(shifted.facts).toEqual(plain.facts);
    expect(shifted.payload?.offset).toBe(at + 5000);
  });

  it("may be cut off in what it is compressed with", async () => {
    const packed = compressed("gzip", raw);
    const { rules, stream } = await readFile(written(packed.slice(0, packed.length - 3000)));
    expect(rules).toContain("CONTAINER_SOUND");
    expect(stream?.end.reason).toBe("truncated");
  });
});

describe("a sparse image", () => {
  const sparse = loadLibvirt("libvirt-12.8-sparse.save");

  it("is sound as libvirt wrote it", async () => {
    const { rules, summary, stream } = await readFile(fileOf("libvirt-12.8-sparse.save"));
    expect(rules.filter((rule) => rule !== "SAVE_HOLES_EXPECTED")).toEqual([]);
    expect(stream?.container).toBe("mapped-ram");
    expect(summary?.configuration.capabilities).toEqual(["mapped-ram"]);
  });

  it("has a mapped-ram stream", async () => {
    const { rules } = await readFile(written(withPayload(stream, 6)));
    expect(rules).toEqual(["SAVE_SPARSE_MAPPED"]);
  });

  it("counts from the start of its file", async () => {
    const from = payloadOffset(sparse);
    const moved = concat([sparse.subarray(0, from - 4096), sparse.subarray(from)]);
    new DataView(moved.buffer).setUint32(20, from - 4096 - 92, true);
    const { findings } = await readFile(written(moved));
    const geometry = findings.filter(({ rule }) => rule === "SAVE_SPARSE_GEOMETRY");
    expect(geometry).toMatchObject([{ level: "error", args: { block: "pc.ram" } }]);
    const { stream: read } = await readFile(written(moved));
    expect(read?.findings.map(({ rule }) => rule)).toContain("MAPPED_RAM_HEADER_SOUND");
  });
});

it("keeps the first bytes for whoever wants to know what libvirt would see", async () => {
  const { facts } = await readFile(written(raw));
  expect(facts.head).toBe(sha256(raw));
  const long = withPayload(concat([stream, new Uint8Array(5 << 20)]), 0);
  expect((await readFile(written(long))).facts.head).toBe(sha256(long.subarray(0, 4 << 20)));
});

it("remarks on holes in an image that is none of the sparse kind", async () => {
  const { rules, findings } = await readFile(fileOf("libvirt-11.3-raw.save"));
  expect(rules).toEqual([]);
  expect(findings).toEqual([]);
  const path = written(raw.subarray(0, at + KIB_64));
  spawnSync("truncate", ["-s", "8M", path]);
  const { findings: holes, allocated } = await readFile(path);
  if (allocated === null || allocated > 7 << 20) return;
  expect(holes).toMatchObject([{ rule: "SAVE_HOLES_EXPECTED", args: { size: 8 << 20 } }]);
});
