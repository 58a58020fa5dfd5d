import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Fact } from "../facts/fact.ts";
import { FACT_FILES, FACTS } from "../facts/index.ts";
import { CHECKS, lintFacts } from "./run.ts";

const sound: Fact<unknown> = {
  id: "libvirt/a/b",
  claim: "It is so.",
  value: true,
  since: "0.9.1",
  evidence: [{ kind: "run", of: "9.0.0" }],
};
const { since: _, ...withoutSince } = sound;
const rule: Fact<unknown> = {
  ...sound,
  id: "qemu/capability-rules/x",
  since: "2.5",
  value: { capability: "flight", template: "No.", to: "error", effect: "refused" },
};

/** What each check has to notice, by its name. */
const BROKEN: Readonly<Record<string, readonly (readonly Fact<unknown>[])[]>> = {
  schema: [
    [{ ...sound, colour: "red" } as unknown as Fact<unknown>],
    [{ ...sound, notes: "" }],
    [{ ...sound, evidence: [{ kind: "rumour" }] } as unknown as Fact<unknown>],
  ],
  "literals-only": [[{ ...sound, value: () => true }]],
  "keys-sorted": [[{ since: "0.9.1", ...withoutSince }]],
  "ids-unique": [[sound, sound], [{ ...sound, id: "elsewhere" }]],
  "ids-in-place": [
    [
      { ...sound, until: "1.0.0" },
      { ...sound, id: "libvirt/c", since: "1.0.0", value: false },
    ],
  ],
  "versions-exist": [
    [{ ...sound, since: "0.9.99" }],
    [{ ...sound, until: { after: "9.0.0", atLatest: "13.0.0" } }],
    [{ ...sound, id: "qemu/a", since: "7.2.99" }],
  ],
  "chapters-in-order": [
    [{ ...sound, until: "0.9.1" }],
    [
      { ...sound, until: "1.0.0" },
      { ...sound, id: "libvirt/a/c", since: "0.9.5" },
    ],
  ],
  "no-contradiction": [
    [sound, { ...sound, id: "libvirt/a/c", since: "1.0.0", value: false }],
    [
      { ...sound, until: "1.0.0" },
      { ...sound, id: "libvirt/a/c", since: "1.0.0" },
    ],
    [
      { ...sound, since: "1.0.0", until: "2.0.0" },
      { ...sound, id: "libvirt/a/c", since: "0.9.5", value: false },
    ],
  ],
  "evidence-present": [
    [{ ...sound, evidence: [] }],
    [{ ...sound, evidence: [{ kind: "commit", commit: "soon", release: "0.9.1" }] }],
    [{ ...sound, claim: "so" }],
  ],
  "evidence-fits": [
    [{ ...sound, until: "1.0.0", evidence: [{ kind: "commit", commit: "0123456789", release: "2.0.0" }] }],
  ],
  "names-known": [[rule]],
};
const cases = CHECKS.flatMap((check) =>
  (BROKEN[check.name] ?? []).map((facts) => [check.name, check, facts] as const),
);

describe("the facts", () => {
  it("are there", () => {
    expect(FACTS.flat().length).toBeGreaterThan(250);
    expect(JSON.parse(JSON.stringify(FACTS))).toEqual(FACTS);
  });

  it.each(CHECKS)("pass $name", ({ check }) => {
    expect(check(FACTS)).toEqual([]);
  });

  it("have nothing else against them", () => {
    expect(lintFacts(FACTS)).toEqual([]);
  });

  it("are all in the index", () => {
    const types = ["qemu/capability", "qemu/erratum", "qemu/parameter"];
    const present = ["libvirt", "qemu"].flatMap((product) =>
      readdirSync(new URL(`../facts/${product}`, import.meta.url))
        .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
        .map((name) => `${product}/${name.slice(0, -".ts".length)}`),
    );
    expect(present.filter((path) => !Object.hasOwn(FACT_FILES, path) && !types.includes(path))).toEqual([]);
  });
});

describe("a check", () => {
  it.each(cases)("%s would fail", (_, { check }, facts) => {
    expect(check([facts])).not.toEqual([]);
    expect(check([[sound]])).toEqual([]);
  });

  it("has a case each in which it fails", () => {
    expect(CHECKS.filter(({ name }) => !BROKEN[name]).map(({ name }) => name)).toEqual([]);
  });
});

describe("an exception", () => {
  const facts = [[{ ...sound, claim: "so" }]];
  const exception = { check: "evidence-present", fact: sound.id, why: "a test" };

  it("lets a complaint pass", () => {
    expect(lintFacts(facts, [])).toHaveLength(1);
    expect(lintFacts(facts, [exception])).toEqual([]);
  });

  it("that is not needed is an error", () => {
    expect(lintFacts([[sound]], [exception])).toEqual([
      "exceptions: evidence-present has nothing against libvirt/a/b",
    ]);
    expect(lintFacts(facts, [{ ...exception, fact: "libvirt/a" }])).toHaveLength(2);
  });
});
