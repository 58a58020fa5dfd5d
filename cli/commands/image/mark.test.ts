import { describe, expect, it } from "vitest";
import { cli } from "../../../test/cli.ts";
import { bytesOf, copyOf, expectBytes, fileOf } from "../../../test/image-files.ts";
import { loadLibvirt } from "../../../test/libvirt-fixtures.ts";
import { saveImage, text } from "../../../test/save-images.ts";

const mark = (...args: string[]) => cli("image", "mark", ...args);

function marked(bytes: Uint8Array, magic: string): Uint8Array {
  const out = bytes.slice();
  out.set(text(magic));
  return out;
}

const PARTIAL = "LibvirtQemudPart";
const COMPLETE = "LibvirtQemudSave";

describe("image mark", () => {
  it("changes the magic of a whole image to partial, and back once it verifies", async () => {
    for (const file of ["libvirt-7.0-raw.save", "libvirt-11.3-zstd.save", "libvirt-12.8-sparse.save"]) {
      const path = copyOf(file);
      const whole = bytesOf(path);
      const partial = await mark(path, "partial");
      expect(partial).toMatchObject({
        status: 0,
        err: "",
        out: expect.stringContaining("complete → partial"),
      });
      expectBytes(path, marked(whole, PARTIAL));
      const complete = await mark(path, "complete");
      expect(complete).toMatchObject({ status: 0, out: expect.stringContaining("partial → complete") });
      expect(complete.err).toContain("its disks have moved on since");
      expect(complete.err).not.toContain("does not verify");
      expectBytes(path, whole);
    }
  });

  it.each([
    ["cut off", "libvirt-9.0-raw-truncated.save"],
    ["cut off in its compression", "libvirt-11.3-zstd-truncated.save"],
    ["left behind by a daemon that was killed", "libvirt-7.0-raw-daemon-killed.save"],
  ])("does not mark as complete what is %s", async (_, file) => {
    const before = marked(loadLibvirt(file), PARTIAL);
    const path = fileOf(before);
    const { status, out, err } = await mark(path, "complete");
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toMatch(/does not verify as whole \((partial|damaged)\)/);
    expect(err).toMatch(/\[(STREAM_COMPLETE|PAYLOAD_DECOMPRESSES)\]/);
    expectBytes(path, before);
  });

  it("marks it when forced, and spells out what that means", async () => {
    const before = marked(loadLibvirt("libvirt-9.0-raw-truncated.save"), PARTIAL);
    const path = fileOf(before);
    const { status, err } = await mark(path, "complete", "--force");
    expect(status).toBe(0);
    expect(err).toContain("a restore fails within QEMU, or hangs");
    expect(err).toContain("corrupts their file systems");
    expectBytes(path, marked(before, COMPLETE));
  });

  it("changes nothing but the magic, in either byte order", async () => {
    const before = saveImage({ endian: "be", header: { $extra: { unused: new Uint8Array(56).fill(3) } } });
    const path = fileOf(before);
    expect((await mark(path, "partial")).status).toBe(0);
    expectBytes(path, marked(before, PARTIAL));
  });

  it("says when there is nothing to do, and what it cannot do", async () => {
    const path = fileOf(saveImage());
    expect(await mark(path, "complete")).toMatchObject({
      status: 0,
      out: expect.stringContaining("already"),
    });
    expect(await mark(path, "done")).toMatchObject({
      status: 2,
      err: expect.stringContaining("partial or complete"),
    });
    expect(await mark(fileOf("QEVM".padEnd(200, "\0")), "partial", "--force")).toMatchObject({
      status: 2,
      err: expect.stringContaining("not a save image"),
    });
    expectBytes(path, saveImage());
  });
});
