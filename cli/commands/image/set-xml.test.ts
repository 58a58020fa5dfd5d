import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cli } from "../../../test/cli.ts";
import { bytesOf, copyOf, expectBytes, fileOf } from "../../../test/image-files.ts";
import { loadLibvirt } from "../../../test/libvirt-fixtures.ts";
import { COOKIE, readSave, saveImage, text, XML } from "../../../test/save-images.ts";

const titled = (title: string) => XML.replace("<memory", `<title>${title}</title>\n  <memory`);
const setXml = (...args: string[]) => cli("image", "set-xml", ...args);
const entries = (path: string) => readdirSync(join(path, ".."));

describe("image set-xml", () => {
  it.each(["le", "be"] as const)("replaces the XML and keeps all else, byte order %s", async (endian) => {
    const before = saveImage({ endian, header: { $extra: { unused: new Uint8Array(56).fill(7) } } });
    const path = fileOf(before);
    const xml = titled("another, longer than the old one");
    const { status, out, err } = await setXml(path, fileOf(xml, "new.xml"));
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toContain(`XML is ${xml.length} bytes (was ${XML.length})`);
    const header = { cookieOffset: xml.length + 1, $extra: { unused: new Uint8Array(56).fill(7) } };
    const padding = 65536 - (xml.length - XML.length);
    expectBytes(path, saveImage({ endian, xml, padding, header }));
    expect(statSync(path).size).toBe(before.length);
    expect(entries(path)).toEqual(["vm.save"]);
  });

  it("does what save-image-define of libvirt does", async () => {
    for (const release of ["7.0-raw", "9.0-raw", "11.3-raw", "12.8-raw", "11.3-zstd", "12.8-zstd"]) {
      const edited = loadLibvirt(`libvirt-${release}-edited.save`);
      const { image } = readSave(edited);
      const path = copyOf(`libvirt-${release}.save`);
      const { status } = await setXml(path, fileOf(text(image?.xml?.text ?? ""), "new.xml"), "--paused");
      expect(status).toBe(0);
      expectBytes(path, edited);
    }
  });

  it("fills the last byte of the room, and not one more", async () => {
    const room = XML.length + 40;
    const short = { cookie: null, padding: 40 };
    const exact = titled("x".repeat(room - titled("").length));
    expect(exact).toHaveLength(room);
    const path = fileOf(saveImage(short));
    expect((await setXml(path, fileOf(exact, "new.xml"))).status).toBe(0);
    expect(readSave(bytesOf(path)).image).toMatchObject({
      xml: { text: exact, terminated: true },
      padding: { length: 0 },
    });
    const full = bytesOf(path);
    const { status, err } = await setXml(path, fileOf(exact.replace("<title>x", "<title>xyz"), "new.xml"));
    expect(status).toBe(2);
    expect(err).toContain(`the XML has ${room + 2} bytes, 2 more than fit`);
    expectBytes(path, full);
  });

  it("counts the cookie, which it moves", async () => {
    const path = fileOf(saveImage({ padding: 9 }));
    const { status, err } = await setXml(path, fileOf(titled(""), "new.xml"));
    expect(status).toBe(2);
    expect(err).toContain(`${COOKIE.length + 1} for the save cookie and its NUL`);
    expect((await setXml(path, fileOf(titled(""), "new.xml"), "--no-cookie")).status).toBe(0);
    expect(readSave(bytesOf(path)).image).toMatchObject({
      cookieOffset: 0,
      cookie: null,
      xml: { text: titled("") },
    });
  });

  it("sets whether the guest runs, and nothing else", async () => {
    const path = fileOf(saveImage({ header: { wasRunning: 2 } }));
    expect((await setXml(path, "--paused")).out).toContain(
      "the guest is paused after a restore; 1 bytes from 24 on",
    );
    expectBytes(path, saveImage({ header: { wasRunning: 0 } }));
    expect((await setXml(path, "--running")).status).toBe(0);
    expectBytes(path, saveImage());
  });

  it("writes nothing where nothing changes, or for a dry run", async () => {
    const path = fileOf(saveImage());
    const before = statSync(path, { bigint: true });
    const same = await setXml(path, fileOf(XML, "same.xml"), "--running");
    expect(same).toMatchObject({ status: 0, out: expect.stringContaining("no change, nothing is written") });
    const dry = await setXml(path, fileOf(titled("new"), "new.xml"), "--paused", "--dry-run");
    expect(dry).toMatchObject({ status: 0, out: expect.stringContaining("would be") });
    expect(statSync(path, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
    expectBytes(path, saveImage());
  });

  it.each([
    ["name", "guest", "host"],
    ["UUID", "6e3a0001", "6e3a0002"],
    ["virtualisation type", "'kvm'", "'qemu'"],
    ["architecture", "x86_64", "i686"],
    ["machine type", "pc-i440fx-5.2", "pc-i440fx-7.2"],
    ["memory", "16384", "32768"],
  ])("refuses another %s unless forced", async (what, from, to) => {
    const path = fileOf(saveImage());
    const changed = fileOf(XML.replace(from, to), "new.xml");
    const refused = await setXml(path, changed);
    expect(refused.status).toBe(2);
    expect(refused.err).toMatch(
      new RegExp(`${what} .*${from.replaceAll("'", "")}.* in the image, .*${to.replaceAll("'", "")}`, "i"),
    );
    expectBytes(path, saveImage());
    const forced = await setXml(path, changed, "--force");
    expect(forced.status).toBe(0);
    expect(forced.err).toContain(what);
    expect(readSave(bytesOf(path)).image?.xml?.text).toContain(to);
  });

  it("takes a UUID as libvirt does, and warns of devices that come or go", async () => {
    const path = fileOf(saveImage());
    const xml = XML.replace(/<uuid>.*<\/uuid>/, (uuid) =>
      uuid.toUpperCase().replaceAll("-", "").replaceAll("UUID", "uuid"),
    );
    const { status, err } = await setXml(
      path,
      fileOf(xml.replace("</domain>", "<devices><disk/></devices></domain>"), "new.xml"),
    );
    expect(status).toBe(0);
    expect(err).toContain("<disk> devices 0 in the image, 1 in");
  });

  it.each([
    ["not XML", "<domain><name></domain>", /line 1, column \d+/],
    ["not a guest's", "<network/>", /its root is <network>/],
    ["with a NUL", "<domain>\0</domain>", /a NUL at offset 8/],
    ["nothing", "", /not well formed|its root is/],
  ])("refuses what is %s", async (_, xml, why) => {
    const path = fileOf(saveImage());
    const { status, err } = await setXml(path, fileOf(xml, "new.xml"), "--force");
    expect(status).toBe(2);
    expect(err).toMatch(why);
    expectBytes(path, saveImage());
  });

  it("refuses images whose texts are not where the header says", async () => {
    const xml = fileOf(titled("new"), "new.xml");
    for (const [bytes, why] of [
      [
        saveImage({ header: { cookieOffset: 4_000_000 } }),
        "has the save cookie at 4000000, where no cookie is",
      ],
      [saveImage({ header: { dataLength: 0xffffffff } }), "gives 4294967295 bytes to XML and padding"],
      [saveImage().slice(0, 5000), "ends before"],
      [saveImage({ xml: "<domain", cookie: null }), "cannot be read"],
    ] as const) {
      const path = fileOf(bytes);
      const { status, err } = await setXml(path, xml);
      expect(err).toContain(why);
      expect(status).toBe(2);
      expectBytes(path, bytes);
    }
    const path = fileOf(saveImage({ header: { cookieOffset: 4_000_000 } }));
    expect((await setXml(path, "--no-cookie")).status).toBe(0);
    expectBytes(path, saveImage({ cookie: null, padding: 65536 + COOKIE.length + 1 }));
  });

  it("says that an unfinished image stays one", async () => {
    const path = fileOf(saveImage({ header: { magic: "LibvirtQemudPart" } }));
    const { status, err } = await setXml(path, fileOf(titled("new"), "new.xml"));
    expect(status).toBe(0);
    expect(err).toContain("not marked as complete");
    expect(readSave(bytesOf(path)).image?.magic).toBe("partial");
  });

  it("wants something to do", async () => {
    const path = fileOf(saveImage());
    expect((await setXml(path)).err).toContain("nothing to set");
    expect((await setXml(path, "--running", "--paused")).err).toContain("exclude each other");
  });

  it("leaves an image that reads as it was written, whatever the XML", async () => {
    const path = fileOf(saveImage({ padding: 600 }));
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom("a", "ü", "😀", " ", "&amp;"), maxLength: 60 }),
        async (title) => {
          const xml = titled(title);
          const { status } = await setXml(path, fileOf(xml, "new.xml"));
          expect(status).toBe(0);
          const { image, findings } = readSave(bytesOf(path));
          expect(image?.xml?.text).toBe(xml);
          expect(image?.cookie?.text).toBe(COOKIE);
          expect(image?.padding?.zero).toBe(true);
          expect(findings).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });
});
