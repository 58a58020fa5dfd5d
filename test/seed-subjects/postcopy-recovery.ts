import { expect, it } from "vitest";
import { check } from "../../compat/check/check.ts";
import type { ScenarioPeer } from "../../compat/check/scenario.ts";
import { linesOfQemu } from "../../compat/releases.ts";
import { asRecorded } from "./recorded.ts";

const LINES = linesOfQemu().filter((line) => line !== "11.1");
const LAST = "11.1.3";
const MACHINE = "pc-i440fx-2.5";
const RAM = { "postcopy-ram": true };

function recovered(from: string, to: string, source: Partial<ScenarioPeer> = {}, destination = source) {
  return check({
    source: { qemu: from, capabilities: RAM, ...source },
    destination: { qemu: to, capabilities: RAM, ...destination },
    mode: "postcopy-recovery",
  });
}

const rules = ({ findings }: ReturnType<typeof check>) => findings.map(({ rule }) => rule);
const major = (line: string) => Number(line.split(".")[0]);

/** Postcopy that loses its connection, between all releases that have it. */
export function postcopyRecovery(): void {
  asRecorded(/^postcopy-recovery/);

  const both = LINES.filter((line) => major(line) >= 3);
  const pairs = both.flatMap((from) => both.map((to) => ({ from, to })));

  it("is looked at between many releases", () => {
    expect(pairs.length).toBeGreaterThan(500);
  });

  it.each(pairs)("$from to $to", ({ from, to }) => {
    const verdict = recovered(`${from}.0`, `${to}.0`);
    const stranger = (from === "3.0") !== (to === "3.0");
    expect(verdict.outcome).toBe(stranger ? "fails" : "completes");
    expect(verdict.stage).toBe("recover");
    expect(rules(verdict)).toContain("RECOVERY_POSSIBLE");
    expect(verdict.findings[0]?.level).toBe(stranger ? "error" : "note");
  });

  const old = LINES.filter((line) => major(line) === 2 && Number(line.split(".")[1]) >= 6);

  it.each(old)("is not known to a source of %s", (line) => {
    const verdict = recovered(`${line}.0`, LAST);
    expect(verdict).toMatchObject({ outcome: "fails", stage: "postcopy", source: { state: "failed" } });
    expect(rules(verdict)[0]).toBe("RECOVERY_POSSIBLE");
  });

  it.each(old)("is not known to a destination of %s", (line) => {
    const verdict = recovered(LAST, `${line}.0`);
    expect(verdict).toMatchObject({
      outcome: "pauses",
      source: { state: "postcopy-paused" },
      destination: { exits: true },
    });
  });

  it("is refused where the pages are gone", () => {
    const verdict = recovered(
      "7.2.22",
      LAST,
      { capabilities: { ...RAM, "release-ram": true } },
      { capabilities: RAM },
    );
    expect(verdict).toMatchObject({ outcome: "refused", source: { state: "postcopy-paused" } });
    expect(verdict.source.error).toBe("Postcopy recovery cannot work when release-ram capability is set");
    const plain = { capabilities: { ...RAM, "release-ram": true } };
    const unbroken = check({
      source: { qemu: LAST, ...plain },
      destination: { qemu: LAST, capabilities: RAM },
      mode: "postcopy",
    });
    expect(unbroken.outcome).toBe("completes");
    expect(rules(unbroken)).toContain("RELEASED_RAM_IS_GONE");
  });

  it("needs postcopy", () => {
    const verdict = recovered(LAST, LAST, { machine: MACHINE, capabilities: {} });
    expect(verdict.outcome).not.toBe("completes");
    expect(recovered("7.2.22", LAST, { capabilities: {} })).toMatchObject({
      outcome: "refused",
      source: { error: "Enable postcopy with migrate_set_capability before the start of migration" },
    });
  });

  it.each([
    ["7.2.22", "10.0.13"],
    ["10.0.13", "11.1.3"],
    ["11.1.3", "11.1.3"],
    ["11.1.3", "7.2.22"],
  ])("works with preempt from %s to %s", (from, to) => {
    const preempt = { capabilities: { ...RAM, "postcopy-preempt": true } };
    expect(recovered(from, to, preempt).outcome).toBe("completes");
  });

  it("tells of the pause on both sides", () => {
    const pause = "Detected IO failure for postcopy. Migration paused.";
    for (const version of ["5.2.0", "7.2.22", "10.0.13", "11.1.3"]) {
      const { source, destination } = recovered(version, version);
      expect(source.error).toContain(pause);
      expect(destination.error).toContain(pause);
    }
  });
}
