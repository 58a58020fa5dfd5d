import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cli } from "../../../test/cli.ts";
import { type Libvirt, startLibvirt } from "../../../test/libvirt.ts";
import { loadLibvirt } from "../../../test/libvirt-fixtures.ts";

const libvirt = startLibvirt();
afterAll(() => libvirt?.close());

const GUEST = "lab-1-raw";
const FORMATS = ["raw", "gzip", "bzip2", "xz", "lzop", "zstd"] as const;
/** Releases that read a format. */
const SINCE: Readonly<Record<string, string>> = { zstd: "10.4.0" };

const isBefore = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true }) < 0;
const has = (format: string) =>
  format === "raw" || format === "gzip" || spawnSync(format, ["--version"]).status === 0;

/** Restores an image, says how the guest is afterwards, and ends it. */
function restore({ virsh }: Libvirt, image: string): string {
  return virsh(`restore ${image}`, `domstate ${GUEST} --reason`, `destroy ${GUEST}`);
}

/** An image of libvirt 9.0 and QEMU 7.2, with the XML as it is right here. */
async function prepare({ directory, firmware }: Libvirt, name: string) {
  const image = join(directory, `${name}.save`);
  writeFileSync(image, loadLibvirt("libvirt-9.0-raw.save"));
  const { out } = await cli("image", "xml", image);
  const xml = join(directory, `${name}.xml`);
  const here = out
    .replace(/(<loader[^>]*>)[^<]*/, `$1${firmware}`)
    .replaceAll(/<source path='[^']*'/g, `<source path='${join(directory, `${name}.console`)}'`);
  writeFileSync(xml, here);
  return { image, xml };
}

describe.skipIf(!libvirt)("a real libvirt", () => {
  const lv = libvirt as Libvirt;

  it.each([
    ["running", "--running"],
    ["paused", "--paused"],
  ])("restores an image that set-xml has edited: %s", async (state, option) => {
    const { image, xml } = await prepare(lv, `set-${state}`);
    const set = await cli("image", "set-xml", image, xml, option);
    expect(set).toMatchObject({ status: 0, err: "" });
    expect(lv.virsh(`save-image-dumpxml ${image}`)).toContain(lv.firmware);
    const said = restore(lv, image);
    expect(said).toContain(`Domain restored from ${image}`);
    expect(said).toMatch(new RegExp(`^${state} \\(`, "m"));
    expect(said).toContain(`Domain '${GUEST}' destroyed`);
  });

  it("restores an edited image of the other byte order", async () => {
    const { image, xml } = await prepare(lv, "swapped");
    const bytes = readFileSync(image);
    bytes.subarray(16, 36).swap32();
    writeFileSync(image, bytes);
    expect((await cli("image", "set-xml", image, xml)).status).toBe(0);
    expect(readFileSync(image).subarray(16, 20)).toEqual(Buffer.of(0, 0, 0, 2));
    expect(restore(lv, image)).toMatch(/^running \(/m);
  });

  it("restores the longest XML that fits, and dumps it as it was given", async () => {
    const { image, xml } = await prepare(lv, "long");
    const text = readFileSync(xml, "utf8");
    const { room } = JSON.parse((await cli("image", "show", "--json", image)).out).saveImage;
    const old = (await cli("image", "xml", image)).out.length;
    const filled = text.replace("</title>", `${"x".repeat(room + old - text.length)}</title>`);
    writeFileSync(xml, `${filled} `);
    expect((await cli("image", "set-xml", image, xml)).err).toContain("1 more than fit");
    writeFileSync(xml, filled);
    expect((await cli("image", "set-xml", image, xml)).status).toBe(0);
    expect(lv.virsh(`save-image-dumpxml ${image}`)).toContain("x".repeat(60_000));
    expect(restore(lv, image)).toMatch(/^running \(/m);
  });

  it.each(FORMATS)("restores an image that wrap has made: %s", async (format) => {
    if (!has(format)) return;
    const { image, xml } = await prepare(lv, `from-${format}`);
    const [stream, made] = [join(lv.directory, `${format}.stream`), join(lv.directory, `${format}.save`)];
    expect((await cli("image", "unwrap", image, "-o", stream)).status).toBe(0);
    for (const state of ["paused", "running"]) {
      const options = ["--format", format, "--force", ...(state === "paused" ? ["--paused"] : [])];
      const wrapped = await cli("image", "wrap", stream, "--xml", xml, "-o", made, ...options);
      expect(wrapped).toMatchObject({ status: 0, err: "" });
      const dumped = lv.virsh(`save-image-dumpxml ${made}`);
      const said = restore(lv, made);
      if (isBefore(lv.version, SINCE[format] ?? "0")) {
        expect(said).toMatch(/compressed save format/);
        continue;
      }
      expect(dumped).toContain(`<name>${GUEST}</name>`);
      expect(said).toContain("Domain restored from");
      expect(said).toMatch(new RegExp(`^${state} \\(`, "m"));
    }
  });

  it("refuses what is marked as partial, and restores it once it is marked as complete", async () => {
    const { image, xml } = await prepare(lv, "marked");
    expect((await cli("image", "set-xml", image, xml)).status).toBe(0);
    expect((await cli("image", "mark", image, "partial")).status).toBe(0);
    expect(restore(lv, image)).toContain("save image is incomplete");
    expect((await cli("image", "mark", image, "complete")).status).toBe(0);
    expect(restore(lv, image)).toMatch(/^running \(/m);
  });
});
