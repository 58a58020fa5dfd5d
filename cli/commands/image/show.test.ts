import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../../../test/cli.ts";
import { copyOf, fileOf } from "../../../test/image-files.ts";
import { leaveJournal } from "../../../test/journals.ts";
import { libvirtFixtures, loadLibvirt } from "../../../test/libvirt-fixtures.ts";
import { COOKIE, saveImage, XML } from "../../../test/save-images.ts";
import { temporaryDirectory } from "../../../test/temporary.ts";

const images = libvirtFixtures.filter(({ file }) => /^libvirt-.*\.save/.test(file));

describe("image show", () => {
  it("is tried on real images", () => {
    expect(images.length).toBeGreaterThan(25);
  });

  it.each(images)("shows the header of $file", async ({ file, header_le, truth, libvirt }) => {
    const path = copyOf(file);
    const { status, out, err } = await cli("image", "show", "--json", path);
    expect(err).toBe("");
    const document = JSON.parse(out);
    const { saveImage, domain } = document;
    expect(document.format).toBe("migwire/image@1");
    expect(status).toBe(saveImage.magic === "partial" ? 1 : 0);
    if (header_le)
      expect(saveImage).toMatchObject({
        version: header_le.version,
        dataLength: header_le.data_len,
        wasRunningValue: header_le.was_running,
        format: header_le.compressed,
        cookieOffset: header_le.cookie_offset,
      });
    if (truth) {
      expect(saveImage.payloadOffset).toBe(truth.payload_offset);
      expect(saveImage.payload.bytes).toBe(truth.payload_bytes);
    }
    expect(domain.name).toMatch(/^(lab-|h2vm)/);
    expect(libvirt).toBeDefined();
    expect(saveImage.writer.releases).toHaveLength(1);
    const [{ since }] = saveImage.writer.releases;
    expect(Number.parseFloat(since)).toBeLessThanOrEqual(Number.parseFloat(libvirt ?? ""));
  });

  it("tells people what there is", async () => {
    const path = copyOf("libvirt-9.0-raw.save");
    const { status, out } = await cli("image", "show", path);
    expect(status).toBe(0);
    expect(out).toContain("magic     complete\n");
    expect(out).toContain("version 2, little-endian, raw, guest running after a restore");
    expect(out).toContain("libvirt 6.3.0 or later");
    expect(out).toContain("qemu, x86_64, pc-i440fx-5.2, 16 MiB");
    expect(out).toContain("the XML may grow by 65536 bytes");
    expect(out).toContain("QEMU stream, 309436 bytes at 67127");
  });

  it("reads nothing behind the head: an image of a terabyte is shown at once", async () => {
    const path = fileOf(saveImage());
    const { truncateSync } = await import("node:fs");
    truncateSync(path, 2 ** 40);
    const { status, out } = await cli("image", "show", "--json", path);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ input: { size: 2 ** 40 } });
    expect(statSync(path).blocks * 512).toBeLessThan(1 << 20);
  });

  it("says what else a file is", async () => {
    for (const [bytes, what] of [
      ["", "it is empty"],
      ["LibvirtQemudSave\x02\0\0\0", "it ends within its header"],
      ["QFI\xfb".padEnd(200, "\0"), "not a save image"],
      [`${"x".repeat(300)}`, "its magic is unknown"],
    ] as const) {
      const { status, out, err } = await cli("image", "show", fileOf(bytes));
      expect({ status, out }).toEqual({ status: 2, out: "" });
      expect(err).toContain(what);
    }
    expect((await cli("image", "show", "/nowhere")).err).toContain("ENOENT");
    expect((await cli("image", "show", temporaryDirectory())).err).toContain("is a directory");
  });

  it("finishes an edit that was interrupted before it shows anything", async () => {
    const path = fileOf(saveImage());
    leaveJournal(path, { offset: 24, old: Uint8Array.of(1), fresh: Uint8Array.of(0) });
    const { status, out, err } = await cli("image", "show", path);
    expect(status).toBe(0);
    expect(err).toContain("had been interrupted: it is finished now");
    expect(out).toContain("guest paused after a restore");
    expect(readdirSync(join(path, ".."))).toEqual(["vm.save"]);
  });

  it("shows an image as it is when its journal cannot be used, and says so", async () => {
    const path = fileOf(saveImage());
    const edit = { offset: 24, old: Uint8Array.of(1), fresh: Uint8Array.of(0) };
    leaveJournal(path, edit, { inode: 1n });
    const { status, out, err } = await cli("image", "show", path);
    expect(status).toBe(1);
    expect(err).toContain("is not finished");
    expect(out).toContain("guest running after a restore");
  });
});

describe("image xml", () => {
  it("gives the texts byte for byte", async () => {
    for (const file of ["libvirt-9.0-raw.save", "libvirt-12.8-zstd.save"]) {
      const bytes = loadLibvirt(file);
      const path = fileOf(bytes);
      const xml = await cli("image", "xml", path);
      expect(xml.status).toBe(0);
      expect(xml.bytes).toEqual(bytes.subarray(92, 92 + xml.bytes.length));
      expect(bytes[92 + xml.bytes.length]).toBe(0);
      expect(xml.out).toMatch(/^<domain[\s\S]*<\/domain>\n$/);
      const cookie = await cli("image", "xml", "--cookie", path);
      expect(cookie.out).toMatch(/^<cookie>[\s\S]*<\/cookie>\n$/);
    }
    const path = fileOf(saveImage({ xml: "<domain>\xff</domain>" }));
    expect((await cli("image", "xml", path)).out).toBe("<domain>\xff</domain>");
  });

  it("says when there is none", async () => {
    const path = fileOf(saveImage({ cookie: null }));
    expect(await cli("image", "xml", "--cookie", path)).toMatchObject({
      status: 2,
      out: "",
      err: expect.stringContaining("has no save cookie"),
    });
    expect((await cli("image", "xml", fileOf(saveImage()))).out).toBe(XML);
    expect((await cli("image", "xml", "--cookie", fileOf(saveImage()))).out).toBe(COOKIE);
  });
});
