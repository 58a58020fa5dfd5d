import { describe, expect, it } from "vitest";
import { parseYaml, YamlError } from "./yaml.ts";

describe("YAML", () => {
  it("keeps versions as they are written", () => {
    expect(parseYaml("a: 10.0\nb: 2.10\nc: 7.2.22\nd: 4\ne: true\nf: on\ng: null\n")).toEqual({
      a: "10.0",
      b: "2.10",
      c: "7.2.22",
      d: 4,
      e: true,
      f: "on",
      g: null,
    });
  });

  it("may be JSON", () => {
    expect(parseYaml('{"a": [1, "x"]}')).toEqual({ a: [1, "x"] });
  });

  it.each([
    ["a: b\n c: [\n", /^line 2, column 3: /],
    ["[".repeat(100_000), /maxDepth/],
    [Array.from({ length: 102 }, (_, i) => (i === 0 ? "a: &a x" : `b${i}: *a`)).join("\n"), /alias/],
    ["a: 1\na: 2\n", /line 2/],
    ['{"a": 1, "b": {"a": 1}, "a": 2}', /there twice in one object: a$/],
    [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, /nested deeper than 64/],
  ])("is refused by line and column: %#", (text, message) => {
    expect(() => parseYaml(text)).toThrow(YamlError);
    expect(() => parseYaml(text)).toThrow(message);
  });

  it("sets no prototype", () => {
    const read = parseYaml("__proto__: {x: 1}\n") as Record<string, unknown>;
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(read.x).toBeUndefined();
  });
});
