import { describe, expect, it } from "vitest";
import { explain } from "./explain.ts";

async function run(words: readonly string[], options: { json?: boolean; release?: string } = {}) {
  let out = "";
  const output = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    colour: false,
    interactive: false,
  };
  const status = await explain(words, options, output);
  return { status, out };
}

describe("explain", () => {
  it("explains a message with its values", async () => {
    const { status, out } = await run([
      "qemu-system-x86_64: Missing section footer for 0000:00:01.3/piix4_pm",
    ]);
    expect(status).toBe(0);
    expect(out).toContain("section 0000:00:01.3/piix4_pm");
    expect(out).toMatch(/^Missing section footer/);
    expect(out).toMatch(/\n {2}try /);
  });

  it("takes words that were not quoted", async () => {
    expect((await run(["Not", "a", "migration", "stream"])).status).toBe(0);
  });

  it("gives one JSON document", async () => {
    const { status, out } = await run(["Unable to write to socket: Broken pipe"], { json: true });
    const document = JSON.parse(out);
    expect(status).toBe(0);
    expect(Object.keys(document)).toEqual([
      "format",
      "release",
      "ids",
      "lines",
      "unknown",
      "recognisedLines",
      "unknownLines",
      "isCut",
    ]);
    expect(document.format).toBe("migwire/explain@1");
    expect(document.lines[0].parts[0].readings[0]).toMatchObject({
      fact: "qemu/source/write-error",
      values: [{ name: "errno", value: "Broken pipe", errno: "EPIPE" }],
      side: "source",
    });
  });

  it.each(["INVENTORY_VERSION_UNLISTED", "inventory-build-unknown", "BITMAP_COVERED", "FULL_MAP_OURS"])(
    "knows what other verbs print: %s",
    async (id) => {
      expect((await run([id])).status).toBe(0);
    },
  );

  it("explains several ids", async () => {
    const { status, out } = await run(["SECTION_KNOWN", "qemu/errata/multifd-accept-order"]);
    expect(status).toBe(0);
    expect(out).toContain("SECTION_KNOWN  (migwire compat breaking)");
    expect(out).toContain("qemu/errata/multifd-accept-order");
  });

  it("says what it does not know, and ends with 1", async () => {
    const text = await run(["it went wrong somehow"]);
    expect([text.status, text.out]).toEqual([1, "not known: it went wrong somehow\n"]);
    const id = await run(["SECTION_VERSION_NEWER"]);
    expect(id.status).toBe(1);
    expect(id.out).toContain("did you mean SECTION_VERSION_NOT_NEWER");
    expect((await run(["Not a migration stream", "and more words here"])).status).toBe(1);
  });

  it("refuses releases that there are not, and nothing at all", async () => {
    await expect(run(["x y"], { release: "7.2.99" })).rejects.toThrow("there is no release 7.2.99");
    await expect(run(["..."])).rejects.toThrow("nothing to explain");
  });

  it("says where another release words it otherwise", async () => {
    const { out } = await run(["Not a migration stream"], { release: "qemu-11.1.3" });
    expect(out).toContain("qemu-11.1.3 does not say it so");
  });

  it("shows nothing that steers a terminal", async () => {
    const { out } = await run(["Can't find block \u001b[31m\u202e"]);
    expect(["\u001b", "\u202e"].filter((character) => out.includes(character))).toEqual([]);
  });
});
