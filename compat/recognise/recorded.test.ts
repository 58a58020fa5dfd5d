import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recognise } from "./recognise.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);
const KEYS = new Set(["stderr", "error_desc", "errorDesc", "error-desc", "desc"]);

/** Every different line that a real QEMU has said in what was recorded. */
function linesIn(folder: string): readonly string[] {
  const lines = new Set<string>();
  const take = (value: unknown, key: string): void => {
    if (typeof value === "string") {
      if (KEYS.has(key)) for (const line of value.split("\n")) if (line.trim() !== "") lines.add(line.trim());
    } else if (typeof value === "object" && value !== null)
      for (const [name, part] of Object.entries(value)) take(part, Array.isArray(value) ? key : name);
  };
  for (const file of readdirSync(new URL(folder, FIXTURES)).filter((name) => name.endsWith(".ndjson")))
    for (const line of readFileSync(new URL(folder + file, FIXTURES), "utf8")
      .trim()
      .split("\n"))
      take(JSON.parse(line).observed, "");
  return [...lines];
}

describe.each(["peers/", "migrations/"])("what was recorded in fixtures/%s", (folder) => {
  it("is recognised line by line, and wholly", () => {
    const lines = linesIn(folder);
    expect(lines.length).toBeGreaterThan(150);
    const missed = lines.filter((line) => {
      const { lines: known, unknown } = recognise(line);
      return known.length !== 1 || unknown.length > 0 || known[0]?.rest.length !== 0;
    });
    expect(missed).toEqual([]);
  });
});

/** What libvirt and virsh say of save images; the rest is what decompressors and the recording itself say. */
const OTHERS =
  /^(?:gzip|bzip2|\s|It is possible|You can use|data from|perhaps|ok\b|virsh says|HANG|\{|fails: \{|this is not|cookie>|Bytes:|<|\S*\^|\(null\))/;

describe("what libvirt said in fixtures/libvirt", () => {
  it.each(["observed-cases.json", "more-cases.json"])("%s is recognised", (file) => {
    const { cases } = JSON.parse(readFileSync(new URL(`libvirt/${file}`, FIXTURES), "utf8"));
    const said = new Set<string>();
    for (const { results = [] } of Object.values<{ results?: { outcome?: object }[] }>(cases))
      for (const result of results)
        for (const text of Object.values(result.outcome ?? result))
          if (typeof text === "string" && !text.startsWith("libvirt-"))
            for (const line of text.split("\n")) if (line.trim() !== "" && !OTHERS.test(line)) said.add(line);
    expect(said.size).toBeGreaterThan(40);
    const missed = [...said].filter((line) => recognise(line).unknown.length > 0);
    expect(missed).toEqual([]);
  });
});
