import { describe, expect, it } from "vitest";
import { LINES, PAIRS, saidBy, wirePair } from "../../../test/wire-ending.ts";
import { atLeast } from "../../releases.ts";
import { destinationFails } from "./destination-fails.ts";
import { destinationWaits } from "./destination-waits.ts";
import { isHeard } from "./source-loses.ts";

const HEARD = { capabilities: { "return-path": true } };
const POSTCOPY = { capabilities: { "postcopy-ram": true } };
const LINE = ["load of migration failed: Invalid argument"];
const [BROKEN, RESET, CLOSED] = ["Broken pipe", "Connection reset by peer", "Bad file descriptor"].map(
  (errno) => `Unable to write to socket: ${errno}`,
);
const SIBLING = "Sibling indicated error 1";
const READ = "Unable to read from socket: Connection reset by peer";

type Versions = readonly [string, string];

/** Recorded: devices that the destination lacks, and RAM of another size, with a return path. */
const LATE: readonly (readonly [...Versions, string | null])[] = [
  ["5.2.0", "5.2.0", null],
  ["7.2.22", "7.2.22", null],
  ["5.2.0", "10.0.13", `RP: ${SIBLING}`],
  ["7.2.22", "11.1.3", `RP: ${SIBLING}`],
  ["10.0.13", "5.2.0", READ],
  ["11.1.3", "7.2.22", READ],
  ["10.0.13", "11.1.3", SIBLING],
  ["11.1.3", "10.0.13", SIBLING],
];
const EARLY: readonly (readonly [...Versions, string])[] = [
  ["5.2.0", "5.2.0", CLOSED ?? ""],
  ["7.2.22", "11.1.3", CLOSED ?? ""],
  ["10.0.13", "10.0.13", SIBLING],
  ["11.1.3", "7.2.22", READ],
];

describe("a destination that fails", () => {
  it.each(PAIRS)("loses the guest of %s to %s over its last sections, if nobody listens", (...versions) => {
    const ending = destinationFails(wirePair(versions, {}, HEARD), "switchover", LINE);
    expect(ending).toMatchObject({
      outcome: "guest-lost",
      source: { state: "completed", error: null },
      destination: { state: "failed", exits: true, error: LINE[0] },
    });
    expect(ending.alternatives).toEqual(["fails"]);
  });

  it.each(PAIRS)("fails a source of %s that hears of it from %s", (...versions) => {
    for (const side of [HEARD, POSTCOPY])
      expect(destinationFails(wirePair(versions, side, {}), "switchover", LINE)).toMatchObject({
        outcome: "fails",
        alternatives: atLeast(versions[0], "6.1") ? [] : ["guest-lost"],
        source: { state: "failed" },
      });
  });

  it.each(LATE)("late: a source of %s says of %s: %s", (from, to, said) => {
    const { source } = destinationFails(wirePair([from, to], HEARD, {}), "switchover", LINE);
    expect(source.error).toBe(said);
  });

  it.each(EARLY)("early: a source of %s says of %s: %s", (from, to, said) => {
    const { source } = destinationFails(wirePair([from, to], HEARD, {}), "setup", LINE);
    expect(source.error).toBe(said);
  });

  it.each(LINES)("a source of %s that hears nothing cannot write", (version) => {
    const { source, outcome, alternatives } = destinationFails(
      wirePair([version, version], {}, {}),
      "setup",
      LINE,
    );
    expect([outcome, alternatives]).toEqual(["fails", ["guest-lost"]]);
    expect(saidBy(source)).toEqual(expect.arrayContaining([BROKEN, RESET]));
  });

  it("says since 11.1 at which of the last writes it was", () => {
    const last = `Failed to flush QEMUFile: ${BROKEN}`;
    const said = (version: string) =>
      saidBy(destinationFails(wirePair([version, version], {}, {}), "setup", LINE).source);
    expect(said("11.1.3")).toContain(last);
    expect(said("11.0.0")).not.toContain(last);
  });

  it("loses what was saved to a file, return path or not", () => {
    const pair = wirePair(["10.0.13", "11.1.3"], HEARD, HEARD, "save-and-restore");
    expect(isHeard(pair)).toBe(false);
    const ending = destinationFails(pair, "setup", LINE);
    expect(ending).toMatchObject({ outcome: "guest-lost", stage: "restore", alternatives: [] });
  });

  it("may stay, its main loop stuck", () => {
    const ending = destinationFails(wirePair(["7.2.22", "7.2.22"], {}, {}), "setup", [], { stays: null });
    expect(ending.destination).toEqual({ state: null, error: null });
  });
});

describe("a destination that waits for ever", () => {
  it.each([
    ["5.2.0", "7.2.22", "active", null],
    ["7.2.22", "10.0.13", "active", "setup"],
    ["10.0.13", "7.2.22", "device", null],
    ["11.1.3", "11.1.3", "device", "setup"],
  ] as const)("leaves a source of %s that hears of %s in %s", (from, to, source, destination) => {
    const ending = destinationWaits(wirePair([from, to], HEARD, {}), "connect", "channels");
    expect([ending.outcome, ending.source.state, ending.destination.state]).toEqual([
      "hangs",
      source,
      destination,
    ]);
  });

  it.each(PAIRS)("lets a source of %s complete that hears nothing of %s", (...versions) => {
    const { outcome, source, alternatives } = destinationWaits(
      wirePair(versions, {}, {}),
      "connect",
      "channels",
    );
    expect([outcome, source.state, alternatives]).toEqual(["guest-stuck", "completed", ["hangs"]]);
  });
});
