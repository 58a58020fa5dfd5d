import type { Ends, MigrationFeature } from "./feature.ts";
import { type Judged, judged } from "./judge.ts";
import { clashOf, withNeeds } from "./scenario.ts";

/** The features of those that were wanted which may be used together. */
export interface LargestSet {
  readonly granted: readonly MigrationFeature[];
  readonly left: readonly MigrationFeature[];
  /** What becomes of the migration with those granted. */
  readonly judged: Judged;
  /** Whether all larger sets were tried; beyond some thousand, features are taken one by one instead. */
  readonly exhaustive: boolean;
}

/** Sets that are tried as a whole. */
const MOST_TRIES = 5000;

/**
 * The largest set that is safe as a whole; of several as large, the one with the first that were wanted. Sets with a pair
 * that no third feature repairs are passed over.
 */
export function largestSet(ends: Ends, wanted: readonly MigrationFeature[]): LargestSet {
  const tried = new Map<string, Judged>();
  const together = (features: readonly MigrationFeature[]): Judged => {
    const key = features.map(({ id }) => id).join("\n");
    const found = tried.get(key) ?? judged(ends, features);
    tried.set(key, found);
    return found;
  };
  const hopeful = wanted.filter((each) => isHopeful([each], wanted, together));
  const apart = conflicts(hopeful, together);
  const budget = { left: MOST_TRIES };
  for (let size = hopeful.length; size > 0; size--) {
    const found = firstSafe(hopeful, size, apart, together, budget);
    if (found) return answer(wanted, found, together, true);
    if (budget.left <= 0) return answer(wanted, oneByOne(hopeful, together), together, false);
  }
  return answer(wanted, [], together, true);
}

type Together = (features: readonly MigrationFeature[]) => Judged;

/** Safe by itself, or with one more. */
function isHopeful(
  features: readonly MigrationFeature[],
  others: readonly MigrationFeature[],
  together: Together,
): boolean {
  if (clashOf(withNeeds(features))) return false;
  if (together(features).safe) return true;
  return others.some(
    (other) => !features.includes(other) && together(inOrder([...features, other], others)).safe,
  );
}

/** For each feature those that it cannot stand beside. */
type Apart = ReadonlyMap<MigrationFeature, ReadonlySet<MigrationFeature>>;

function conflicts(features: readonly MigrationFeature[], together: Together): Apart {
  return new Map(
    features.map((one) => [
      one,
      new Set(
        features.filter((other) => {
          return other !== one && !isHopeful(inOrder([one, other], features), features, together);
        }),
      ),
    ]),
  );
}

/** The first safe set of a size, in the order of wishes. */
function firstSafe(
  features: readonly MigrationFeature[],
  size: number,
  apart: Apart,
  together: Together,
  budget: { left: number },
): readonly MigrationFeature[] | undefined {
  const extend = (
    chosen: readonly MigrationFeature[],
    rest: readonly MigrationFeature[],
  ): readonly MigrationFeature[] | undefined => {
    if (chosen.length === size) {
      budget.left--;
      return together(chosen).safe ? chosen : undefined;
    }
    for (const [i, next] of rest.entries()) {
      if (budget.left <= 0 || chosen.length + mostOf(rest.slice(i), apart) < size) return undefined;
      budget.left--;
      const beside = rest.slice(i + 1).filter((each) => !apart.get(next)?.has(each));
      const found = extend([...chosen, next], beside);
      if (found) return found;
    }
    return undefined;
  };
  return extend([], features);
}

/** No more of these can stand beside each other: of a group that all exclude each other only one can. */
function mostOf(features: readonly MigrationFeature[], apart: Apart): number {
  const groups: MigrationFeature[][] = [];
  for (const feature of features) {
    const group = groups.find((each) => each.every((member) => apart.get(member)?.has(feature)));
    if (group) group.push(feature);
    else groups.push([feature]);
  }
  return groups.length;
}

function oneByOne(features: readonly MigrationFeature[], together: Together): readonly MigrationFeature[] {
  const chosen: MigrationFeature[] = [];
  for (const next of features) if (together([...chosen, next]).safe) chosen.push(next);
  return chosen;
}

function inOrder(features: readonly MigrationFeature[], order: readonly MigrationFeature[]) {
  return [...features].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

function answer(
  wanted: readonly MigrationFeature[],
  granted: readonly MigrationFeature[],
  together: Together,
  exhaustive: boolean,
): LargestSet {
  const left = wanted.filter((each) => !granted.includes(each));
  return { granted, left, judged: together(granted), exhaustive };
}
