import type { Bound, Fact } from "../facts/fact.ts";
import { FACTS } from "../facts/index.ts";
import { compareVersions, linesOfQemu } from "../releases.ts";

let bounds: readonly string[] | undefined;
const known = new Map<string, number>();

/**
 * A number that two releases of QEMU share when no fact tells them apart: none begins or ends, or is repaired, between them,
 * and they are of one line.
 */
export function classOfRelease(version: string): number {
  const cached = known.get(version);
  if (cached !== undefined) return cached;
  bounds ??= boundsOf(FACTS.flat());
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareVersions(version, bounds[middle] ?? "") >= 0) low = middle + 1;
    else high = middle;
  }
  known.set(version, low);
  return low;
}

/** Every version at which a fact of QEMU changes, and every line, in order. */
function boundsOf(facts: readonly Fact<unknown>[]): readonly string[] {
  const found = new Set<string>(linesOfQemu());
  for (const { id, since, until, value } of facts) {
    if (!id.startsWith("qemu/")) continue;
    for (const version of [...versionsIn(since), ...versionsIn(until), ...repairsIn(value)])
      found.add(version);
  }
  return [...found].sort(compareVersions);
}

function versionsIn(bound: Bound | undefined): readonly string[] {
  if (bound === undefined) return [];
  // Behind `after` the change may be there, from the next release on: `after` itself and what follows are two classes.
  return typeof bound === "string" ? [bound] : [bound.after, `${bound.after}.0.1`, bound.atLatest];
}

/** The releases of an erratum that have the repair. */
function repairsIn(value: unknown): readonly string[] {
  const isErratum = typeof value === "object" && value !== null && "fixedIn" in value;
  return isErratum && Array.isArray(value.fixedIn) ? value.fixedIn : [];
}
