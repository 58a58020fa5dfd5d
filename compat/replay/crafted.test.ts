import { describe, expect, it } from "vitest";
import { agreement, type CraftedRecord, recordsOf } from "../../test/crafted-peers.ts";
import { DISAGREEMENTS } from "../../test/disagreements.ts";

const FIXTURES = new URL("../../fixtures/peers/", import.meta.url);

/** Threads race: in what share at least the likeliest ending is one that was recorded. */
const SOURCES = [
  ["the recordings", new URL("../../../shared/lab/crafted-peers.ndjson", import.meta.url), 0.95],
  ["the same cases on all four releases", new URL("crafted.ndjson", FIXTURES), 0.92],
  ["further cases of destinations", new URL("more-destination.ndjson", FIXTURES), 0.98],
  ["further cases of sources", new URL("more-source.ndjson", FIXTURES), 0.75],
] as const;

const MOST_DISAGREEING = 0.02;

const keyOf = ({ id, peer }: CraftedRecord) => (id.includes("@") ? id : `${id}@${peer}`);
const named = new Set(DISAGREEMENTS.map(({ id }) => id));

describe.each(SOURCES)("%s", (_, url, leastExact) => {
  const records = recordsOf(url);
  const judged = records.map((record) => ({ key: keyOf(record), how: agreement(record) }));
  const wrong = judged.filter(({ how }) => how === "none").map(({ key }) => key);

  it.skipIf(records.length === 0)("are answered as they were, but for those that are listed", () => {
    expect(records.length).toBeGreaterThan(300);
    expect(wrong.filter((id) => !named.has(id))).toEqual([]);
    expect(wrong.length / records.length).toBeLessThanOrEqual(MOST_DISAGREEING);
    const exact = judged.filter(({ how }) => how === "exact").length;
    expect(exact / records.length).toBeGreaterThan(leastExact);
  });
});

describe("the listed disagreements", () => {
  const records = SOURCES.flatMap(([, url]) => recordsOf(url));

  it.each([...named])("%s is one", (id) => {
    const found = records.filter((record) => keyOf(record) === id);
    expect(found.map(agreement)).toContain("none");
  });
});
