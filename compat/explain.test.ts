import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Finding, FindingRule } from "../codec/index.ts";
import { explain } from "./explain.ts";

const source = readFileSync(new URL("../codec/formats/finding.ts", import.meta.url), "utf8");
const rules = [...source.matchAll(/^ {2}\| "([A-Z_]+)"/gm)].map(([, rule]) => rule as FindingRule);

const args = {
  begins: -1,
  block: "pc.ram",
  chosen: "plain",
  command: 99,
  container: "gzip",
  expected: 1,
  found: 2,
  have: 1,
  id: 3,
  idstr: "timer",
  length: 7,
  looksLike: "",
  lost: 5,
  need: 4,
  page: 4096,
  problem: "unexpected end",
  readings: "plain | mapped-ram",
  why: "too long",
};

describe("explain", () => {
  it("knows every rule there is", () => {
    expect(rules.length).toBeGreaterThan(20);
  });

  it.each(rules)("puts %s into words", (rule) => {
    const finding: Finding = { rule, level: "error", subject: "sections[1]", offset: 8, args };
    const { message, hint } = explain(finding);
    expect(message).toMatch(/^sections\[1\]: \S/);
    expect(message).not.toMatch(/undefined|NaN|\[object/);
    if (hint !== undefined) expect(hint).toMatch(/\.$/);
  });
});
