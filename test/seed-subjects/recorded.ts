import { expect, it } from "vitest";
import { check } from "../../compat/check/check.ts";
import { agreement, recordsOf } from "../crafted-peers.ts";
import { recordedMigrations } from "../migrations.ts";

const MIGRATIONS = ["recorded.ndjson", "more.ndjson"].flatMap((file) => recordedMigrations(file));
const CRAFTED = ["crafted.ndjson", "more-source.ndjson", "more-destination.ndjson"].flatMap((file) =>
  recordsOf(new URL(`../../fixtures/peers/${file}`, import.meta.url)),
);

/** The verdicts of these scenarios, by the models alone, beside what was recorded between real QEMUs. */
export function asRecorded(names: RegExp): void {
  const records = MIGRATIONS.filter(({ scenario }) => names.test(scenario));

  it("was recorded many times", () => {
    expect(records.length).toBeGreaterThan(20);
  });

  it.each(records)("as recorded: $id", ({ observed, ...record }) => {
    const { outcome, alternatives } = check(record);
    expect(observed.outcomes.some((each) => [outcome, ...alternatives].includes(each))).toBe(true);
  });
}

/** What the models make of bytes that were sent to a real QEMU, beside what that did. */
export function asCrafted(ids: RegExp): void {
  it.each(CRAFTED.filter(({ id }) => ids.test(id)))("as seen with crafted bytes: $id", (record) => {
    expect(agreement(record)).not.toBe("none");
  });
}
