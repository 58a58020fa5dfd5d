import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { hexText } from "../../codec/layout/index.ts";
import { cli } from "../../test/cli.ts";
import { temporaryDirectory } from "../../test/temporary.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);
/** A fixture as it was before it was gzipped to save room. */
function file(name: string): string {
  const bytes = readFileSync(new URL(name, FIXTURES));
  const path = join(temporaryDirectory(), name.replaceAll("/", "-").replace(/\.gz$/, ""));
  writeFileSync(path, name.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  return path;
}

const STREAM = fileURLToPath(new URL("qemu/precopy-10.0-q35-5.2.bin", FIXTURES));
const CAPTURES = ["tcp-precopy.pcap", "tcp-any-sll.pcap", "tcp6-precopy.pcap", "tcp-multifd-zlib.pcapng"];
const IMAGES = [
  "libvirt-9.0-gzip.save",
  "libvirt-7.0-bzip2.save",
  "libvirt-7.0-xz.save",
  "libvirt-7.0-lzop.save",
  "libvirt-12.8-zstd.save",
  "libvirt-9.0-raw.save.gz",
];

async function answersOf(...args: readonly string[]) {
  const { status, out, err } = await cli("replay", "--json", ...args);
  expect(err).toBe("");
  const document = JSON.parse(out);
  expect(Object.keys(document)).toEqual(["format", "input", "answers"]);
  expect(document.format).toBe("migwire/replay@1");
  return { status, answers: document.answers };
}

describe("replay", () => {
  it("tells in one document what a peer does", async () => {
    const { status, answers } = await answersOf(STREAM, "--as", "qemu-7.2.22");
    expect(status).toBe(0);
    expect(answers).toHaveLength(1);
    expect(Object.keys(answers[0])).toEqual(
      expect.arrayContaining([
        "id",
        "accepts",
        "stoppedAt",
        "status",
        "errorDesc",
        "stderr",
        "exit",
        "alive",
        "monitorDead",
        "statusWhileOpen",
        "aliveWhileOpen",
        "alternatives",
        "findings",
      ]),
    );
    expect(answers[0]).toMatchObject({ id: "qemu-7.2.22", accepts: true, status: "completed", exit: null });
  });

  it("asks all peers, each once and in order", async () => {
    const { answers } = await answersOf(STREAM, "--as", "all", "--as", "qemu-7.2.22");
    const ids: string[] = answers.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe("qemu-2.5");
    expect(ids.length).toBeGreaterThan(30);
  });

  it.each(CAPTURES)("reads the capture %s", async (name) => {
    const { answers } = await answersOf(file(`captures/${name}.gz`), "--as", "qemu-7.2.22");
    expect(answers.length).toBeGreaterThan(0);
    expect(answers[0].status ?? answers[0].exit).not.toBeNull();
  });

  it.each(IMAGES)("reads the image %s", async (name) => {
    const { status, answers } = await answersOf(file(`libvirt/${name}`), "--as", "qemu-7.2.22");
    expect(status).toBe(0);
    expect(answers[0]).toMatchObject({ accepts: true, status: "completed" });
  });

  it("asks libvirt what it makes of a save image", async () => {
    const { status, answers } = await answersOf(
      file("libvirt/libvirt-9.0-gzip.save"),
      "--as",
      "libvirt-9.0.0",
    );
    expect(status).toBe(0);
    expect(answers).toMatchObject([{ id: "libvirt-9.0.0", accepts: true }]);
  });

  it("takes the files of the channels in any order", async () => {
    const files = [0, 1].map((i) => file(`multifd/none-7.2-channel-${i}.bin.gz`));
    const one = await answersOf(...files, "--as", "qemu-7.2.22");
    const other = await answersOf(...files.toReversed(), "--as", "qemu-7.2.22");
    expect(other.answers.map(({ accepts }: { accepts: boolean }) => accepts)).toEqual(
      one.answers.map(({ accepts }: { accepts: boolean }) => accepts),
    );
  });

  it("plays a source to a dump of its return path", async () => {
    const { answers } = await answersOf(file("return-path/precopy-5.2-to-11.1.bin"), "--as", "qemu-7.2.22");
    expect(answers).toMatchObject([{ accepts: true, status: "completed", side: "source" }]);
  });

  it("tells a refusal by its exit status, and where it is", async () => {
    const bytes = readFileSync(STREAM);
    bytes[7] = 9;
    const path = join(temporaryDirectory(), "newer.bin");
    writeFileSync(path, bytes);
    const { status, out } = await cli("replay", path, "--as", "qemu-7.2.22,qemu-10.0.13");
    expect(status).toBe(1);
    expect(out).toContain("FileHeader.version");
    expect(out).toContain("0 of 2 take it");
  });

  it("lets nothing of the input steer a terminal", async () => {
    const bytes = readFileSync(STREAM);
    const at = bytes.indexOf("pc-q35-5.2");
    bytes.set([0x1b, 0x5b, 0x33], at);
    const path = join(temporaryDirectory(), "\u001b[2J.bin");
    writeFileSync(path, bytes);
    const { out, err } = await cli("replay", path, "--as", "qemu-7.2.22");
    const many = await cli("replay", path, "--as", "all");
    for (const text of [out, err, many.out, many.err]) expect(text).not.toContain("\u001b");
  });

  it.each([
    [[STREAM], "name a peer"],
    [[STREAM, "--as", "qemu-99.1"], "qemu-99.1 is no release"],
    [[STREAM, "--as", "\u001b[31m"], "\\x1b[31m is no peer"],
    [[STREAM, "--as", ","], "is no peer"],
    [[STREAM, "--as", "qemu-7.2.22", "--side", "source"], "nothing in this input was sent to a source"],
    [[STREAM, "--as", "qemu-7.2.22", "--side", "both"], "Allowed choices"],
    [[STREAM, "--as", "qemu-7.2.22", "--cap", "multifd=maybe"], "NAME=on or NAME=off"],
    [[STREAM, "--as", "qemu-7.2.22", "--cap", "nonsense"], "no release has such a capability"],
    [[STREAM, "--as", "qemu-7.2.22", "--param", "nonsense"], "NAME=VALUE"],
    [[STREAM, "--as", "qemu-7.2.22", "--uuid", "zzz"], "--uuid zzz"],
    [[STREAM, "--as", "qemu-7.2.22", "--memory", "-1"], "not a number"],
    [[STREAM, "--as", "qemu-7.2.22", "--migration", "1"], "--migration picks one of a capture"],
    [[STREAM, "--as", "libvirt-9.0.0"], "libvirt is a peer for save images"],
    [["/does/not/exist", "--as", "all"], "ENOENT"],
    [["--ndjson", "a", "b"], "--ndjson reads cases"],
  ])("does not do %j", async (args, why) => {
    const { status, out, err } = await cli("replay", ...args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toContain(why);
    expect(err).not.toContain("\u001b");
  });
});

describe("replay --ndjson", () => {
  async function lines(text: string) {
    const path = join(temporaryDirectory(), "cases.ndjson");
    writeFileSync(path, text);
    const { status, out, err } = await cli("replay", "--ndjson", path);
    expect(err).toBe("");
    return {
      status,
      answers: out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    };
  }
  const hex = hexText(readFileSync(STREAM).subarray(0, 64));
  const good = (id: string, connections: readonly object[] = []) =>
    JSON.stringify({ id, side: "destination", peer: "qemu-7.2.22", phase: "incoming", connections });

  it("answers each line, in the order of its keys", async () => {
    const { status, answers } = await lines(`${good("a")}\n\n${good("b", [{ hex, close: true }])}`);
    expect(answers.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(status).toBe(answers.every(({ accepts }) => accepts) ? 0 : 1);
    expect(Object.keys(answers[0]).slice(0, 9)).toEqual([
      "format",
      "id",
      "accepts",
      "stoppedAt",
      "status",
      "errorDesc",
      "stderr",
      "exit",
      "alive",
    ]);
  });

  it.each([
    "nope",
    "null",
    "[]",
    "{}",
    '{"id":{"toString":1,"valueOf":1}}',
    '{"__proto__":{"id":{}}}',
    good("x").replace("7.2.22", "7.2.99"),
    good("x", [{ hex: "0" }]),
    good("x", [{ hex: "zz" }]),
    good("x").replace('"incoming"', '"outgoing"'),
  ])("tells of %s, and goes on", async (bad) => {
    const { status, answers } = await lines(`${bad}\n${good("after")}\n`);
    expect(status).toBe(2);
    expect(answers).toMatchObject([{ error: expect.any(String) }, { id: "after", accepts: true }]);
  });

  it("takes many connections, and refuses too many", async () => {
    const many = (count: number) =>
      good(
        "many",
        Array.from({ length: count }, () => ({ hex: "00" })),
      );
    const { answers } = await lines(`${many(60_000)}\n${many(70_000)}\n`);
    expect(answers).toMatchObject([
      { id: "many", accepts: expect.any(Boolean) },
      { error: expect.any(String) },
    ]);
  });

  it("gives up on a line without end", async () => {
    const path = join(temporaryDirectory(), "endless.ndjson");
    writeFileSync(path, Buffer.alloc(80 << 20, 0x20));
    const { status, err } = await cli("replay", "--ndjson", path);
    expect(status).toBe(2);
    expect(err).toContain("longer than");
  });
});
