import { describe, expect, it } from "vitest";
import { linesOfQemu } from "../../releases.ts";
import { pairOf } from "../end.ts";
import type { Scenario } from "../scenario.ts";
import { DANGEROUS } from "../verdict.ts";
import { completes } from "./completes.ts";
import { destinationFails } from "./destination-fails.ts";
import { postcopyLoadFails, switchoverInPostcopy } from "./postcopy-load-fails.ts";

const RAM = { "postcopy-ram": true };
const MISSING = "Unknown savevm section or instance 'x' 0";
const LINES = [MISSING, "load of migration failed: Invalid argument"];

function pair(from: string, to: string, more: Partial<Scenario> = {}) {
  return pairOf({
    source: { qemu: from, capabilities: RAM },
    destination: { qemu: to, capabilities: RAM },
    mode: "postcopy",
    ...more,
  });
}

describe("a package that does not load", () => {
  it.each([
    ["5.2.0", "5.2.0", "pauses", "postcopy-paused"],
    ["7.2.22", "5.2.0", "pauses", "postcopy-paused"],
    ["7.2.22", "10.0.13", "fails", "failed"],
    ["5.2.0", "11.1.3", "fails", "failed"],
    ["10.0.13", "5.2.0", "fails", "failed"],
    ["10.0.13", "11.1.3", "pauses", "postcopy-paused"],
    ["11.1.3", "7.2.22", "fails", "failed"],
    ["10.2.0", "7.2.22", "hangs", "postcopy-device"],
    ["2.12.0", "2.12.0", "fails", "failed"],
  ])("from %s to %s %s", (from, to, outcome, state) => {
    const ending = postcopyLoadFails(pair(from, to), LINES);
    expect(ending).toMatchObject({ outcome, stage: "postcopy", source: { state } });
    expect(ending.alternatives).not.toContain(outcome);
    expect(ending.destination.exits).toBe(true);
  });

  it("is told by the listen thread where that outlives it", () => {
    const { error } = postcopyLoadFails(pair("5.2.0", "11.1.3"), LINES).destination;
    const line = "loadvm failed during postcopy: -22: Failed to load vmstate version_id: 4, ret: -22";
    expect(error).toBe([MISSING, line, line].join("\n"));
    expect(postcopyLoadFails(pair("5.2.0", "10.0.13"), LINES).destination.error).toBe(LINES.join("\n"));
  });

  it("is not taken for a success by any source", () => {
    const lines = linesOfQemu().filter((line) => Number(line.split(".")[0]) >= 3 && line !== "11.1");
    for (const from of lines)
      for (const to of lines) {
        const { outcome, source } = postcopyLoadFails(pair(`${from}.0`, `${to}.0`), LINES);
        expect(DANGEROUS.has(outcome) || outcome === "completes").toBe(false);
        expect(source.state).not.toBe("completed");
      }
  });
});

describe("an ending of the switchover", () => {
  it("is another once postcopy has begun", () => {
    const begun = pair("11.1.3", "7.2.22");
    const ending = destinationFails(begun, "switchover", LINES);
    expect(switchoverInPostcopy(begun, ending)).toEqual(postcopyLoadFails(begun, LINES));
  });

  it("stays as it is in precopy, and where the destination lives", () => {
    const precopy = pair("11.1.3", "7.2.22", { mode: "precopy" });
    const ending = destinationFails(precopy, "switchover", LINES);
    expect(switchoverInPostcopy(precopy, ending)).toBe(ending);
    const whole = completes(pair("11.1.3", "7.2.22"));
    expect(switchoverInPostcopy(pair("11.1.3", "7.2.22"), whole)).toBe(whole);
  });
});
