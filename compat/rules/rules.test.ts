import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../proposal/outcome.ts";
import type { Change } from "../proposal/schema.ts";
import { brokenRule, findRule, RULES } from "./index.ts";
import { REMEDIES } from "./remedies.ts";

const HERE = new URL("./", import.meta.url);
const PROPOSALS = new URL("../../proposals/", import.meta.url);
const NO_RULES = new Set(["index.ts", "known.ts", "remedies.ts", "rule.ts"]);

const handshake: Change = { kind: "handshake", from: "source", connections: [["stream"]] };
const HARMLESS: readonly Outcome[] = ["ignored", "accepted", "unknown"];

describe("rules", () => {
  it("are each in the file of their name, and all registered", () => {
    const files = readdirSync(HERE).filter((name) => !name.endsWith(".test.ts") && !NO_RULES.has(name));
    const named = RULES.map(({ id }) => `${id.toLowerCase().replaceAll("_", "-")}.ts`);
    expect(named.toSorted()).toEqual(files.toSorted());
    expect(RULES.length).toBeGreaterThan(15);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))("%s is whole", (id, rule) => {
    expect(id).toMatch(/^[A-Z]+(_[A-Z]+)+$/);
    expect(findRule(id)).toBe(rule);
    expect(rule.purpose).toMatch(/^Checks that .*\.$/);
    expect(rule.reference.length).toBeGreaterThan(3);
    expect(rule.remedies.length).toBeGreaterThan(0);
    for (const remedy of rule.remedies) expect(REMEDIES[remedy]).toMatch(/\.$/);
    const files = [`${rule.witness}.yaml`, `witnesses/${rule.witness}.yaml`];
    expect(files.some((file) => existsSync(new URL(file, PROPOSALS)))).toBe(true);
  });

  it("are silent where nothing is different", () => {
    const at = { version: "7.2", declared: null, side: "destination", state: "setup" } as const;
    const seen = { ...at, change: handshake, stop: null };
    for (const outcome of HARMLESS) expect(brokenRule({ ...seen, outcome })).toBeUndefined();
    expect(brokenRule({ ...seen, outcome: "misread" })?.id).toBe("STREAM_READ_ON");
  });
});
