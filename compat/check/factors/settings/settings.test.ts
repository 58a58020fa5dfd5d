import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairOf } from "../../end.ts";
import { type Problem, STEPS, type Step } from "../../factor.ts";
import type { Scenario, ScenarioPeer, Transport } from "../../scenario.ts";
import { MODES, TRANSPORTS } from "../../scenario.ts";
import { SETTINGS_FACTORS, SETTINGS_WORDINGS } from "./index.ts";

interface Group {
  readonly qemu: string;
  readonly side: "source" | "destination";
  readonly error: string | null;
  readonly cases: readonly Readonly<Record<string, unknown>>[];
}

function groups(name: string): readonly Group[] {
  const file = new URL(`../../../../fixtures/settings/${name}.ndjson`, import.meta.url);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Group);
}

/** What the settings alone make of a scenario, up to a step. */
function deciding(scenario: Scenario, last: Step): Problem | undefined {
  const pair = pairOf(scenario);
  let best: Problem | undefined;
  const at = ({ step }: Problem) => STEPS.indexOf(step);
  for (const factor of SETTINGS_FACTORS)
    for (const problem of factor.find(pair)) {
      if (problem.ending && at(problem) <= STEPS.indexOf(last) && (!best || at(problem) < at(best)))
        best = problem;
    }
  return best;
}

function scenarioOf(
  { qemu, side }: Group,
  peer: Partial<ScenarioPeer>,
  transport: Transport = "tcp",
): Scenario {
  const asked = { qemu, machine: "none", ...peer };
  const other = { machine: "none", qemu: transport === "tcp" ? qemu : "11.1.3" };
  const mode = transport === "file" ? "save-and-restore" : "precopy";
  return side === "source"
    ? { source: asked, destination: other, transport, mode }
    : { source: other, destination: asked, transport, mode };
}

/** Everything that the release might say of it. */
function said({ side }: Group, problem: Problem | undefined): readonly (string | null)[] {
  const end = problem?.ending?.[side];
  return [end?.error ?? null, ...(end?.otherErrors ?? [])];
}

const onOf = (names: unknown) => Object.fromEntries(((names ?? []) as string[]).map((name) => [name, true]));

describe("what real QEMUs answered", () => {
  it("to migrate-set-capabilities", () => {
    let count = 0;
    for (const group of groups("capabilities"))
      for (const capabilities of group.cases as Record<string, boolean>[]) {
        const problem = deciding(scenarioOf(group, { capabilities }), "parameters source");
        expect(said(group, problem), JSON.stringify([group.qemu, capabilities])).toContain(group.error);
        count++;
      }
    expect(count).toBeGreaterThan(1000);
  });

  it("to migrate-set-parameters", () => {
    let count = 0;
    for (const group of groups("parameters"))
      for (const { parameters, capabilities } of group.cases) {
        const peer = {
          parameters: parameters as Record<string, unknown>,
          ...(capabilities ? { capabilities: onOf(capabilities) } : {}),
        };
        const problem = deciding(scenarioOf(group, peer), "parameters source");
        expect(said(group, problem), JSON.stringify([group.qemu, peer])).toContain(group.error);
        count++;
      }
    expect(count).toBeGreaterThan(2000);
  });

  it("to migrate and migrate-incoming", () => {
    let count = 0;
    for (const group of groups("commands"))
      for (const { transport, parameters = {}, capabilities } of group.cases) {
        const peer = { parameters: parameters as Record<string, unknown>, capabilities: onOf(capabilities) };
        const problem = deciding(scenarioOf(group, peer, transport as Transport), "migrate");
        expect(said(group, problem), JSON.stringify([group.qemu, transport, peer])).toContain(group.error);
        count++;
      }
    expect(count).toBeGreaterThan(500);
  });
});

describe("any settings", () => {
  const version = fc.constantFrom(
    "2.5",
    "2.8.1",
    "3.0.0",
    "5.2.0",
    "6.1.0",
    "7.2.22",
    "8.2.2",
    "10.0.13",
    "11.1.3",
  );
  const name = fc.oneof(
    fc.constantFrom(
      "multifd",
      "block-bitmap-mapping",
      "mode",
      "tls-authz",
      "multifd-channels",
      "__proto__",
      "toString",
      "constructor",
    ),
    fc.string(),
  );
  const peer = fc.record({
    qemu: version,
    machine: fc.option(fc.oneof(fc.string(), fc.constantFrom("q35", "pc-q35-7.2", "virt-8.0")), {
      nil: undefined,
    }),
    capabilities: fc.dictionary(name, fc.oneof(fc.boolean(), fc.jsonValue())),
    parameters: fc.dictionary(name, fc.jsonValue({ maxDepth: 4 })),
    states: fc.option(
      fc.constant({ capabilities: ["multifd"], parameters: ["block-bitmap-mapping"], machines: [] }),
      {
        nil: undefined,
      },
    ),
  });
  const scenario = fc.record({
    source: peer,
    destination: peer,
    transport: fc.constantFrom(...TRANSPORTS),
    mode: fc.constantFrom(...MODES),
  });

  it("are answered in words, and never throw", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const pair = pairOf(given as unknown as Scenario);
        for (const { rule, find } of SETTINGS_FACTORS)
          for (const { args } of find(pair)) {
            const wording = SETTINGS_WORDINGS[rule];
            const words = `${wording?.message(args)} ${wording?.remedy(args)}`;
            expect(words).not.toMatch(/undefined|NaN|\[object/);
          }
      }),
      { numRuns: 300 },
    );
  });
});

describe("every rule", () => {
  it("has its file's name, a purpose and a wording", () => {
    for (const { rule, purpose } of SETTINGS_FACTORS) {
      expect(purpose).toMatch(/^Checks that .*\.$/);
      expect(SETTINGS_WORDINGS[rule], rule).toBeDefined();
      const file = `${rule.toLowerCase().replaceAll("_", "-")}.ts`;
      expect(readFileSync(new URL(file, import.meta.url), "utf8")).toContain(`"${rule}"`);
    }
    expect(Object.keys(SETTINGS_WORDINGS).sort()).toEqual(SETTINGS_FACTORS.map(({ rule }) => rule).sort());
  });
});
