import { createHash } from "node:crypto";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixtures, load } from "../../../test/captures.ts";
import { cli } from "../../../test/cli.ts";
import { copyOf, expectBytes, fileOf } from "../../../test/image-files.ts";
import { libvirtFixtures, loadLibvirt } from "../../../test/libvirt-fixtures.ts";
import { saveImage } from "../../../test/save-images.ts";
import { temporaryDirectory } from "../../../test/temporary.ts";

const STREAM = loadOf("precopy-10.0-i440fx-5.2.bin.gz");

function loadOf(name: string): Uint8Array {
  const capture = fixtures.find(({ file }) => file === name);
  if (!capture) throw new Error(`there is no fixture ${name}`);
  return load(capture);
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const fresh = (name = "out.save") => join(temporaryDirectory(), name);
const entries = (path: string) => readdirSync(join(path, ".."));
const wrap = (...args: string[]) => cli("image", "wrap", ...args);
const unwrap = (...args: string[]) => cli("image", "unwrap", ...args);

describe("image unwrap", () => {
  const whole = libvirtFixtures.filter(
    ({ truth, file }) => truth && /\.save/.test(file) && !/truncated|killed/.test(file),
  );

  it.each(whole)("gives the stream of $file", async ({ file, truth }) => {
    const { status, err, bytes } = await unwrap(copyOf(file));
    // libvirt 11.3 calls the memory of its snapshots sparse without writing it so.
    if (/^libvirt-[\d.]+-sparse/.test(file)) {
      expect({ status, length: bytes.length }).toEqual({ status: 2, length: 0 });
      expect(err).toContain("cannot go through a pipe");
      return;
    }
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(bytes.length).toBe(truth?.stream_bytes);
    expect(sha256(bytes)).toBe(truth?.stream_sha256);
  });

  it.each(["libvirt-11.3-sparse.save", "libvirt-12.8-sparse.save"])(
    "takes the header off %s",
    async (file) => {
      const image = copyOf(file);
      const path = fresh("stream");
      expect(await unwrap(image, "-o", path)).toMatchObject({ status: 0, err: "" });
      const { size, blocks } = statSync(path);
      expect(size).toBe(loadLibvirt(file).length);
      expect(blocks * 512).toBeLessThan(2 << 20);
      expect((await cli("verify", path)).status).toBe(0);
      const back = fresh();
      const xml = fileOf((await cli("image", "xml", image)).bytes, "x");
      const cookie = fileOf((await cli("image", "xml", "--cookie", image)).bytes, "c");
      expect((await wrap(path, "--xml", xml, "--cookie", cookie, "-o", back)).status).toBe(0);
      expectBytes(back, loadLibvirt(file));
    },
  );

  it("gives what is there of an image that is cut off, and says that it is not all", async () => {
    const gzip = loadLibvirt("libvirt-9.0-gzip.save");
    for (const bytes of [
      loadLibvirt("libvirt-9.0-raw-truncated.save"),
      gzip.subarray(0, gzip.length - 5000),
    ]) {
      const path = fresh("stream");
      const { status, err } = await unwrap(fileOf(bytes), "-o", path);
      expect(status).toBe(1);
      expect(err).toContain("is partial: it was written as far as it is there");
      expect(statSync(path).size).toBeGreaterThan(100_000);
    }
  });

  it.each([
    ["none of its compressed stream comes out", loadLibvirt("libvirt-11.3-zstd-truncated.save")],
    ["it ends before its stream", saveImage({ payload: new Uint8Array(0) })],
  ])("writes nothing where %s", async (_, bytes) => {
    const path = fresh("stream");
    const { status, err } = await unwrap(fileOf(bytes), "-o", path);
    expect(status).toBe(1);
    expect(err).toContain("nothing was written");
    expect(entries(path)).toEqual([]);
  });

  it("takes a stream for what it is where the header says something else", async () => {
    const path = fileOf(saveImage({ header: { format: 1 }, payload: STREAM }));
    const { status, err, bytes } = await unwrap(path);
    expect(status).toBe(0);
    expect(err).toContain("says gzip, the stream is not compressed");
    expect(sha256(bytes)).toBe(sha256(STREAM));
  });

  it("gives the state of a snapshot in a qcow2", async () => {
    const path = copyOf("savevm-10.0.qcow2");
    const ambiguous = await unwrap(path);
    expect(ambiguous.status).toBe(2);
    expect(ambiguous.err).toContain("pick one with --snapshot");
    const [, name = ""] = /\((.*?)\)/.exec(ambiguous.err.split("--snapshot")[1] ?? "") ?? [];
    const out = fresh("stream");
    expect(await unwrap(path, "--snapshot", name, "-o", out)).toMatchObject({ status: 0, err: "" });
    expect((await cli("verify", out)).out).toContain("whole");
    expect((await unwrap(path, "--snapshot", "none")).err).toContain('no snapshot "none" with a VM state');
    expect((await unwrap(copyOf("libvirt-9.0-raw.save"), "--snapshot", "x")).err).toContain("not a qcow2");
  });

  it("refuses what is no image, and does not replace a file unless forced", async () => {
    expect((await unwrap(fileOf(STREAM))).err).toContain("not a save image");
    expect((await unwrap(fileOf(new Uint8Array(0)))).err).toContain("it is empty");
    const path = fresh("stream");
    writeFileSync(path, "precious");
    const image = copyOf("libvirt-9.0-raw.save");
    expect((await unwrap(image, "-o", path)).err).toContain("exists already");
    expect((await unwrap(image, "-o", path, "--force")).status).toBe(0);
    expect(statSync(path).size).toBe(309436);
  });
});
