import { describe, expect, it } from "vitest";
import { decodeText } from "../codec/layout/index.ts";
import { blockFileName, createNamer } from "./block-names.ts";
import { printable } from "./printable.ts";

describe("file names of RAM blocks", () => {
  it.each([
    ["pc.ram", "pc.ram"],
    ["/rom@etc/acpi/tables", "%2From%40etc%2Facpi%2Ftables"],
    ["0000:00:02.0/vga.vram", "0000%3A00%3A02.0%2Fvga.vram"],
    ["..", "%2E%2E"],
    [".", "%2E"],
    ["...hidden", "%2E%2E%2Ehidden"],
    ["../../etc/passwd", "%2E%2E%2F..%2Fetc%2Fpasswd"],
    ["a\0b%~", "a%00b%25%7E"],
    ["é", "%C3%A9"],
    ["", "~"],
  ])("%j becomes %s", (idstr, name) => {
    expect(blockFileName(idstr)).toBe(name);
  });

  it("keeps bytes that are no text", () => {
    expect(blockFileName(decodeText(Uint8Array.of(0xff, 0x41)))).toBe("%FFA");
  });

  it("keeps long names apart and within what file systems take", () => {
    const [a, b] = ["a", "b"].map((end) => blockFileName("/".repeat(254) + end));
    expect(a).not.toBe(b);
    expect(a?.length).toBeLessThanOrEqual(200);
    expect(a).toMatch(/^(%2F)+~[0-9a-f]{16}$/);
  });

  it("gives each name once, whatever the case", () => {
    const name = createNamer();
    expect(["a", "a", "A", "b"].map(name)).toEqual(["a", "a~2", "A~3", "b"]);
  });
});

it("shows nothing that steers a terminal", () => {
  expect(printable("a\u001b[2Jb\u009b\u202ec\udcff\\")).toBe("a\\x1b[2Jb\\x9b\\u{202e}c\\xff\\");
  expect(printable("C:\\vm \\* \\xyz")).toBe("C:\\vm \\* \\xyz");
  expect(printable("\\x1b \\u{202e} \\\u001b")).toBe("\\x5cx1b \\x5cu{202e} \\\\x1b");
});
