import { describe, expect, it } from "vitest";
import type { Channel, FindingRule, Level } from "../codec/index.ts";
import type { SessionReading } from "./read-session.ts";
import { verdictOfSession } from "./verdict.ts";

const channel: Channel = {
  index: 0,
  role: "main",
  direction: "source-to-destination",
  migration: 0,
  connection: null,
  way: null,
  name: null,
  begins: null,
  ended: null,
  bytes: 0,
  lost: 0,
};

function verdictOf(...told: readonly (readonly [FindingRule, Level])[]) {
  const reading: SessionReading = {
    inputs: [],
    capture: null,
    findings: told.map(([rule, level]) => ({ channel, finding: { rule, level, subject: "", args: {} } })),
    channels: [channel],
    untold: {},
    untoldOf: new Map(),
    multifdIds: new Map(),
    gaveUp: false,
  };
  return verdictOfSession(reading);
}

describe("the verdict of a session", () => {
  it.each([
    ["CHANNEL_COMPLETE", "error", "partial"],
    ["CHANNEL_COMPLETE", "warning", "partial"],
    ["CAPTURE_ONE_SIDED", "warning", "partial"],
    ["CAPTURE_GAP", "warning", "partial"],
    ["MAIN_CHANNEL_SEEN", "error", "whole"],
    ["MIGRATION_COMPLETES", "error", "whole"],
    ["STREAM_WELL_FORMED", "error", "damaged"],
    ["STREAM_RESUMED", "note", "whole"],
  ] as const)("%s, %s: %s", (rule, level, verdict) => {
    expect(verdictOf([rule, level])).toBe(verdict);
  });

  it("is the worst of all", () => {
    expect(verdictOf(["MIGRATION_COMPLETES", "error"], ["CHANNEL_COMPLETE", "error"])).toBe("partial");
    expect(verdictOf(["CHANNEL_COMPLETE", "error"], ["STREAM_WELL_FORMED", "error"])).toBe("damaged");
  });
});
