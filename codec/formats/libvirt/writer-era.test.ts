import { describe, expect, it } from "vitest";
import { readSave, type SaveParts, saveImage } from "../../../test/save-images.ts";
import { inferWriterEra, PADDING, paddingFor, SAVE_HEADER_SIZE, type SaveImage } from "../../index.ts";

function imageOf(parts: SaveParts): SaveImage {
  const { image } = readSave(saveImage(parts));
  return image ?? expect.fail("no image");
}

/** An XML of this many bytes. */
function xmlOf(length: number): string {
  return `<domain>${"x".repeat(length - 17)}</domain>`;
}

const ranges = (parts: SaveParts, children?: readonly string[]) =>
  inferWriterEra(imageOf(parts), children).releases.map(({ since, until }) => `${since}-${until ?? ""}`);

describe("padding", () => {
  it.each([
    ["0.8.0", 1000, 0],
    ["0.8.1", 931, 512 - (1024 % 512 || 512)],
    ["0.8.1", 932, 511],
    ["0.9.3", 4003, 0],
    ["0.9.3", 4004, 4095],
    ["1.0.0", 2979, 1024 + 4096],
    ["1.0.0", 2978, 1025],
    ["6.2.0", 1000, 0],
    ["12.8.0", 1000, 65536],
  ])("of %s behind an XML of %i bytes has %i", (release, length, expected) => {
    const compare = (a: string, b: string) => a.localeCompare(b, undefined, { numeric: true });
    const era = PADDING.findLast(({ since }) => compare(since, release) <= 0);
    expect(era && paddingFor(era.rule, SAVE_HEADER_SIZE + length + 1)).toBe(expected);
  });

  it("has a rule for every release", () => {
    expect(PADDING.map(({ since, until }) => [since, until])).toEqual([
      ["0.3.2", "0.8.0"],
      ["0.8.1", "0.8.1"],
      ["0.8.2", "0.9.3"],
      ["0.9.4", "1.0.0"],
      ["1.0.1", "6.2.0"],
      ["6.3.0", null],
    ]);
  });
});

describe("the releases that can have written an image", () => {
  const end = (length: number) => SAVE_HEADER_SIZE + length + 1;

  it.each<[string, SaveParts, readonly string[]]>([
    ["version 1", { cookie: null, padding: 0, header: { version: 1 } }, ["0.3.2-0.7.0"]],
    ["neither padding nor cookie", { cookie: null, padding: 0 }, ["0.7.1-0.8.0", "1.0.1-3.4.0"]],
    ["a partial magic", { cookie: null, padding: 0, header: { magic: "LibvirtQemudPart" } }, ["1.0.1-3.4.0"]],
    ["a cookie, no padding", { padding: 0 }, ["3.5.0-6.2.0"]],
    ["64 KiB of padding", {}, ["6.3.0-"]],
    ["zstd", { header: { format: 5 } }, ["10.4.0-"]],
    ["sparse", { header: { format: 6 } }, ["11.2.0-"]],
    ["512", { xml: xmlOf(1000), cookie: null, padding: 512 - (end(1000) % 512) }, ["0.8.1-0.8.1"]],
    ["4096", { xml: xmlOf(3300), cookie: null, padding: 4096 - end(3300) }, ["0.8.2-0.9.3"]],
    ["either", { xml: xmlOf(1000), cookie: null, padding: 4096 - end(1000) }, ["0.8.2-0.9.3", "0.9.4-1.0.0"]],
    ["1024 and 4096", { xml: xmlOf(3900), cookie: null, padding: 8192 - end(3900) }, ["0.9.4-1.0.0"]],
    ["64 KiB without a cookie", { cookie: null }, []],
    ["zstd of version 1", { header: { version: 1, format: 5 } }, []],
  ])("%s", (_, parts, expected) => {
    expect(ranges(parts)).toEqual(expected);
    expect(inferWriterEra(imageOf(parts)).edited).toBe(false);
  });

  it("are bounded by what the cookie holds", () => {
    expect(ranges({ padding: 0 }, ["cpu"])).toEqual(["3.5.0-6.2.0"]);
    expect(ranges({ padding: 0 }, ["cpu", "slirpHelper"])).toEqual(["5.8.0-6.2.0"]);
  });

  it("do not depend on the padding of an edited image", () => {
    const found = inferWriterEra(imageOf({ padding: 65523 }), []);
    expect(found).toMatchObject({ edited: true, releases: [{ since: "3.5.0", until: null }] });
  });

  it("come with their evidence", () => {
    const { evidence } = inferWriterEra(imageOf({ header: { format: 5 } }), []);
    expect(evidence.map(({ fact }) => fact)).toEqual([
      "version 2",
      "format zstd",
      "a save cookie",
      "65536 bytes of padding",
    ]);
  });

  it("do not depend on where in a file the image is", () => {
    const data = saveImage({ xml: xmlOf(3300), cookie: null, padding: 4096 - end(3300) });
    const { image } = readSave(data, [], { offset: 100 });
    expect(image && inferWriterEra(image).releases).toEqual([{ since: "0.8.2", until: "0.9.3" }]);
  });
});
