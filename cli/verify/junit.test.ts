import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { junit } from "./junit.ts";

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly children: Element[];
}

function parse(xml: string): Element {
  const root: Element = { name: "", attributes: {}, text: "", children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = { name, attributes: { ...attributes }, text: "", children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  const [suites] = root.children;
  if (!suites) throw new TypeError("no element");
  return suites;
}

const failure = { type: "STREAM_COMPLETE", message: "the input ends", text: "at offset 7\nSee there." };

describe("junit", () => {
  it("tells each input as a test case", () => {
    const suites = parse(
      junit([
        { name: "whole.save", failures: [], remarks: "" },
        { name: "cut.save", failures: [failure, failure], remarks: "note: one\nnote: two" },
        { name: "gone.save", failures: [], error: { ...failure, type: "not-read" }, remarks: "" },
      ]),
    );
    expect(suites).toMatchObject({
      name: "testsuites",
      attributes: { tests: "3", failures: "1", errors: "1" },
    });
    const cases = suites.children[0]?.children ?? [];
    expect(cases.map(({ attributes }) => attributes.name)).toEqual(["whole.save", "cut.save", "gone.save"]);
    expect(cases.map(({ children }) => children.map(({ name }) => name))).toEqual([
      [],
      ["failure", "failure", "system-out"],
      ["error"],
    ]);
    expect(cases[1]?.children[0]).toMatchObject({ attributes: { type: failure.type }, text: failure.text });
    expect(cases[1]?.children[2]?.text).toBe("note: one\nnote: two");
  });

  it.each([
    ["<&>\"' ]]>", "<&>\"' ]]>"],
    ["a\tb\nc", "a\tb\nc"],
    ["\u0000\u001b[31m\u0008\u007f\u0085", "[31m"],
    ["\ud800\udc80 \ufffe\uffff", "\u{10080} "],
    ["\udc80lone", "lone"],
    ["\u{1f600} ä", "\u{1f600} ä"],
  ])("escapes %j", (name, expected) => {
    const suites = parse(
      junit([{ name, failures: [{ type: name, message: name, text: name }], remarks: name }]),
    );
    const [test] = suites.children[0]?.children ?? [];
    const [told, out] = test?.children ?? [];
    expect(test?.attributes.name).toBe(expected);
    expect(told).toMatchObject({ attributes: { type: expected, message: expected }, text: expected });
    expect(out?.text).toBe(expected);
  });

  it("tells nothing of nothing", () => {
    expect(parse(junit([]))).toMatchObject({ attributes: { tests: "0" } });
  });
});
