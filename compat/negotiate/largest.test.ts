import { describe, expect, it } from "vitest";
import { check } from "../check/check.ts";
import { FEATURES } from "./catalogue.ts";
import type { Ends, MigrationFeature } from "./feature.ts";
import { judged } from "./judge.ts";
import { largestSet } from "./largest.ts";
import { wantedFeatures } from "./wanted.ts";

const machine = "pc-q35-7.2";
const ends: Ends = {
  source: { qemu: "10.0.13", machine },
  destination: { qemu: "11.1.3", machine },
  judge: check,
};

/** All subsets, the larger first, of the same size in the order of wishes. */
function subsets(features: readonly MigrationFeature[]): readonly (readonly MigrationFeature[])[] {
  const all = Array.from({ length: 2 ** features.length }, (_, bits) =>
    features.filter((_, i) => bits & (1 << i)),
  );
  const ranks = (set: readonly MigrationFeature[]) => set.map((each) => features.indexOf(each));
  return all.sort((a, b) => {
    if (a.length !== b.length) return b.length - a.length;
    const at = ranks(a).findIndex((rank, i) => rank !== ranks(b)[i]);
    return (ranks(a)[at] ?? 0) - (ranks(b)[at] ?? 0);
  });
}

describe("the largest safe set", () => {
  it("is the one that trying all of them finds", () => {
    for (let i = 0; i < FEATURES.length; i += 3) {
      const ids = [0, 7, 16, 21, 34].map((step) => FEATURES[(i + step) % FEATURES.length]?.id ?? "");
      const wanted = wantedFeatures(ids);
      const { granted, exhaustive } = largestSet(ends, wanted);
      const best = subsets(wanted).find((set) => set.length === 0 || judged(ends, set).safe);
      expect([ids, granted.map(({ id }) => id)]).toEqual([ids, best?.map(({ id }) => id)]);
      expect(exhaustive).toBe(true);
    }
  });

  it("is found among many", () => {
    const { granted, left, exhaustive, judged: together } = largestSet(ends, FEATURES.slice(0, 28));
    expect(exhaustive).toBe(true);
    expect(together.safe).toBe(true);
    expect(granted.length + left.length).toBe(28);
    expect(granted.length).toBeGreaterThan(10);
  });
});
