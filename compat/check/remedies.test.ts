import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordedMigrations } from "../../test/migrations.ts";
import { decides, faultsOf } from "../../test/remedy-faults.ts";
import { anyScenario } from "../../test/scenario-arbitrary.ts";
import { withChanges } from "./change.ts";
import { check } from "./check.ts";
import type { Scenario } from "./scenario.ts";
import { DANGEROUS } from "./verdict.ts";

const RECORDED = ["recorded.ndjson", "more.ndjson"].flatMap((file) => recordedMigrations(file));
/** What tells that something is not there that was set. */
const UNKNOWN = /^(?:CAPABILITY_KNOWN|PARAMETER_KNOWN|PARAMETER_WORD|PARAMETER_TYPED|MACHINE_KNOWN)$/;

describe("remedies", () => {
  it("are changes for most of what goes wrong", () => {
    const failing = RECORDED.map((record) => check(record)).filter((verdict) => decides(verdict));
    const fixed = failing.filter((verdict) => decides(verdict)?.fix);
    expect(failing.length).toBeGreaterThan(400);
    expect(fixed.length / failing.length).toBeGreaterThan(0.85);
  });

  it("work for all recorded migrations", () => {
    const wrong = RECORDED.flatMap((record) => faultsOf(record).map((fault) => `${record.id}: ${fault}`));
    expect(wrong).toEqual([]);
  });

  it("end what looks like success, but for what was saved and nothing that can be set restores", () => {
    const left = RECORDED.flatMap(({ scenario, ...record }) => {
      let at: Scenario = record;
      for (;;) {
        const verdict = check(at);
        const fix = decides(verdict)?.fix;
        if (!fix) return DANGEROUS.has(verdict.outcome) ? [`${scenario} ${at.mode}`] : [];
        at = withChanges(at, fix);
      }
    });
    expect(left.length).toBeLessThan(5);
    for (const each of left) expect(each).toMatch(/save-and-restore$/);
  });

  it("come behind words that say first what would be called a success", () => {
    const first =
      /^(?:Both sides (?:would report|call|may call)|The source (?:would report|calls|says|reports|may call)) /;
    const wrong = (scenario: Scenario) => {
      const { outcome, findings } = check(scenario);
      const { message = "", remedy = null, rule } = findings[0] ?? {};
      return DANGEROUS.has(outcome) && (!first.test(message) || remedy === null)
        ? [`${rule}: ${message}`]
        : [];
    };
    expect(RECORDED.flatMap(wrong)).toEqual([]);
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        expect(wrong(scenario)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("name return-path only where it keeps the guest", () => {
    const wrong = (scenario: Scenario) => {
      const { outcome, findings } = check(scenario);
      const [by] = findings;
      if (
        !DANGEROUS.has(outcome) ||
        !/Set (?:the capability )?return-path on the source/.test(by?.remedy ?? "")
      )
        return [];
      const after = check(withChanges(scenario, [{ end: "source", capability: "return-path", value: true }]));
      return [after.outcome, ...after.alternatives].filter((each) => DANGEROUS.has(each)).map(() => by?.rule);
    };
    expect(RECORDED.filter((record) => wrong(record).length > 0).map(({ id }) => id)).toEqual([]);
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        expect(wrong(scenario)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("work for any scenario", () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        expect(faultsOf(scenario)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("set nothing that a release does not take", () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { findings } = check(scenario);
        const before = new Set(findings.map(({ rule, message }) => `${rule} ${message}`));
        const added = findings.flatMap(({ rule, fix = [] }) =>
          check(withChanges(scenario, fix))
            .findings.filter((each) => UNKNOWN.test(each.rule) && !before.has(`${each.rule} ${each.message}`))
            .map((each) => `${rule}: ${each.message}`),
        );
        expect(added).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
