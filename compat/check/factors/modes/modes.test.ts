import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../../check.ts";
import { pairOf } from "../../end.ts";
import type { Scenario } from "../../scenario.ts";
import { DANGEROUS, type Outcome } from "../../verdict.ts";
import { MODES_FACTORS, MODES_WORDINGS } from "./index.ts";

interface Side {
  readonly status?: string;
  readonly error_desc?: string;
  readonly stderr?: string;
}
interface Run extends Scenario {
  readonly id: string;
  readonly scenario: string;
  readonly observed: {
    readonly outcomes: readonly Outcome[];
    readonly source: Side;
    readonly destination: Side;
    readonly qmpErrors?: readonly { readonly side: "src" | "dst"; readonly desc: string }[];
  };
}

const FILE = new URL("../../../../fixtures/modes/runs.ndjson", import.meta.url);
const RUNS = readFileSync(FILE, "utf8")
  .trim()
  .split("\n")
  .map((line): Run => JSON.parse(line));

/** Where all runs came out the rarer way. */
const RACES: ReadonlySet<string> = new Set([
  "preempt-source-only-precopy/11.1.3>5.2.0",
  "preempt-source-only-busy-postcopy-recovery/10.0.13>7.2.22",
  "preempt-source-only-busy-postcopy-recovery/10.0.13>10.0.13",
  "device-missing-postcopy/5.2.0>11.1.3",
  "mixed/44",
  "mixed/161",
  "mixed/162",
  "mixed/b75",
]);

/** What the destination waits for is said, and not the command that is refused meanwhile. */
const SAID_BEFORE: ReadonlySet<string> = new Set(["mixed/b95"]);

describe("modes as they were run", () => {
  it("are many", () => {
    expect(RUNS.length).toBeGreaterThan(540);
  });

  it.each(RUNS)("$id", ({ id, observed, ...scenario }) => {
    const { outcome, alternatives, findings } = check(scenario);
    if (SAID_BEFORE.has(id)) {
      expect(findings.map(({ rule }) => rule)).toContain("MULTIFD_ON_BOTH_SIDES");
      return;
    }
    if (!RACES.has(id)) expect(observed.outcomes).toContain(outcome);
    for (const other of observed.outcomes) expect([outcome, ...alternatives]).toContain(other);
    if (observed.outcomes.some((each) => DANGEROUS.has(each))) expect(findings[0]?.level).toBe("error");
  });
});

describe("modes that were not run", () => {
  const preempt = { "postcopy-ram": true, "postcopy-preempt": true };
  const ram = { "postcopy-ram": true };

  it("crash sources that cannot make the preempt connection", () => {
    const source = { qemu: "8.1.0", machine: "pc-i440fx-5.2", capabilities: preempt };
    const destination = { qemu: "5.2.0", machine: "pc-i440fx-5.2", capabilities: ram };
    const verdict = check({ source, destination, mode: "postcopy" });
    expect(verdict).toMatchObject({ outcome: "source-crashes", source: { exits: true } });
    expect(check({ source, destination }).outcome).toBe("completes");
  });

  it("make the preempt connection only when it is needed from 8.0 on", () => {
    const source = { qemu: "10.0.13", machine: "pc-i440fx-10.0", capabilities: preempt };
    const destination = { qemu: "11.1.3", machine: "pc-i440fx-10.0", capabilities: ram };
    expect(check({ source, destination }).findings).toEqual([]);
    expect(check({ source, destination, mode: "postcopy" }).destination.error).toContain("Extra incoming");
  });

  it.each([
    ["7.2.22", "7.2.22", "pc-i440fx-5.2", "hangs"],
    ["7.2.22", "11.1.3", "pc-i440fx-5.2", "hangs"],
    ["11.1.3", "11.1.3", "pc-i440fx-5.2", "hangs"],
    ["11.1.3", "11.1.3", "pc-i440fx-11.1", "completes"],
  ])("keep preempt apart from multifd from %s to %s with %s: %s", (from, to, machine, outcome) => {
    const both = { machine, capabilities: { ...preempt, multifd: true } };
    expect(check({ source: { qemu: from, ...both }, destination: { qemu: to, ...both } }).outcome).toBe(
      outcome,
    );
  });

  it("say that a lost guest was a success, and what helps", () => {
    const both = { machine: "pc-i440fx-5.2", capabilities: { ...ram, multifd: true } };
    const verdict = check({
      source: { qemu: "5.2.0", ...both },
      destination: { qemu: "8.0.0", ...both },
      mode: "postcopy",
    });
    expect(verdict.outcome).toBe("guest-lost");
    expect(verdict.findings[0]?.message).toMatch(/^The source says that it completed/);
    expect(verdict.findings[0]?.remedy).not.toBeNull();
  });

  it.each(["tcp", "unix", "exec", "fd"] as const)("bear odd input over %s", (transport) => {
    const odd = JSON.parse('{"postcopy-ram":"yes","x-colo":1,"__proto__":{"multifd":true},"":true}');
    for (const mode of ["precopy", "postcopy", "postcopy-recovery", "save-and-restore"] as const)
      for (const machine of ["", "pc-", "-7.2-", "x".repeat(100_000)]) {
        const peer = { qemu: "11.1.3", machine, capabilities: odd, parameters: { "": null } };
        for (const factor of MODES_FACTORS)
          expect(() =>
            factor.find(pairOf({ source: peer, destination: peer, mode, transport })),
          ).not.toThrow();
      }
  });

  it.each(MODES_FACTORS)("are worded: $rule", ({ rule, purpose }) => {
    expect(MODES_WORDINGS[rule]).toBeDefined();
    expect(purpose).toMatch(/^Checks that .*\.$/);
  });

  it("name rules as their files", () => {
    expect(Object.keys(MODES_WORDINGS).toSorted()).toEqual(MODES_FACTORS.map(({ rule }) => rule).toSorted());
  });
});

describe("texts of modes as they were run", () => {
  const texts = RUNS.flatMap((run) =>
    (["source", "destination"] as const).flatMap((side) => {
      const seen = seenOn(run, side);
      if (seen.length === 0 || RACES.has(run.id) || SAID_BEFORE.has(run.id)) return [];
      const { error, otherErrors = [] } = check(run)[side];
      const said = [error ?? "", ...otherErrors].map((text) =>
        text.replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT"),
      );
      return [{ id: `${run.id}: ${side}`, isSaid: seen.some((text) => said.includes(text)) }];
    }),
  );

  it("are said, but for what a race adds", () => {
    const unsaid = texts.filter(({ isSaid }) => !isSaid).map(({ id }) => id);
    expect(texts.length).toBeGreaterThan(330);
    expect(unsaid.length / texts.length, unsaid.join("\n")).toBeLessThan(0.05);
  });
});

function seenOn({ observed }: Run, side: "source" | "destination"): readonly string[] {
  const short = side === "source" ? "src" : "dst";
  const refused = (observed.qmpErrors ?? []).filter((error) => error.side === short).map(({ desc }) => desc);
  const { error_desc, stderr } = observed[side];
  return [...refused, error_desc, stderr].filter((text) => text !== undefined);
}
