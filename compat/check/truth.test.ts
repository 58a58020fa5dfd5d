import { describe, expect, it } from "vitest";
import { type Agreement, agreement, recordedMigrations } from "../../test/migrations.ts";
import { check } from "./check.ts";
import { judge } from "./judge.ts";

/** How many of how many agree, in words and as a share. */
function shareOf(all: readonly Agreement[], agrees: (one: Agreement) => boolean): number {
  return all.filter(agrees).length / all.length;
}

function texts(all: readonly Agreement[], side: "source" | "destination") {
  const told = all.filter((each) => each[side] !== "none");
  return {
    told: told.length,
    exact: told.filter((each) => each[side] === "exact").length,
    race: told.filter((each) => each[side] === "race").length,
  };
}

function table(title: string, all: readonly Agreement[]): string {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  const text = (side: "source" | "destination") => {
    const { told, exact, race } = texts(all, side);
    return `${side} texts ${told}: ${exact} exact, ${race} of a race, ${told - exact - race} other`;
  };
  return [
    `${title}: ${all.length} recorded migrations`,
    `  outcome among those observed  ${percent(shareOf(all, ({ outcome }) => outcome))}`,
    `  dangerous called completes    ${all.filter(({ danger }) => danger).length}`,
    `  unknown                       ${percent(shareOf(all, ({ unknown }) => unknown))}`,
    `  ${text("source")}`,
    `  ${text("destination")}`,
    "",
  ].join("\n");
}

/** Files of fixtures/migrations: records at least, and the share of outcomes and of texts that the models have to tell. */
const FILES = [
  ["recorded.ndjson", 1253, 0.98, 0.9],
  ["pairs.ndjson", 636, 0.98, 0.9],
  ["more.ndjson", 1132, 0.98, 0.9],
  ["more-devices.ndjson", 276, 0.95, 0.9],
  ["cold.ndjson", 640, 0.95, 0.75],
] as const;

describe.each(FILES)("recorded migrations: %s", (file, least, outcomes, said) => {
  const records = recordedMigrations(file);

  it("are there", () => {
    expect(records.length).toBeGreaterThanOrEqual(least);
  });

  it("are what the models say, without a look at any recording", () => {
    const all = records.map((record) => agreement(record, check(record)));
    process.stdout.write(table(`${file}, by the models alone`, all));
    expect(all.filter(({ danger }) => danger)).toEqual([]);
    expect(shareOf(all, ({ outcome }) => outcome)).toBeGreaterThanOrEqual(outcomes);
    expect(shareOf(all, ({ unknown }) => unknown)).toBeLessThanOrEqual(0.03);
    for (const side of ["source", "destination"] as const) {
      const { told, exact, race } = texts(all, side);
      expect((exact + race) / told, `${side} texts`).toBeGreaterThanOrEqual(said);
    }
  });

  it("are told as observed", () => {
    const verdicts = records.map((record) => judge(record));
    const all = records.map((record, i) => agreement(record, verdicts[i] ?? judge(record)));
    process.stdout.write(table(`${file}, with observations`, all));
    expect(verdicts.every(({ confidence }) => confidence === "observed")).toBe(true);
    expect(all.filter(({ danger }) => danger)).toEqual([]);
    // A few scenarios were recorded with guests or memory that a scenario cannot tell: they may end as another recording did.
    const astray = records.filter(({ observed }, i) => {
      const { outcome = "unknown", alternatives = [] } = verdicts[i] ?? {};
      return ![outcome, ...alternatives].some((each) => observed.outcomes.includes(each));
    });
    expect(astray.map(({ id }) => id)).toEqual([]);
  });
});
