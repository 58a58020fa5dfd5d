import { type Fact, reached } from "./fact.ts";

type Facts = readonly Fact<unknown>[];

/** The facts whose id is this path or lies under it: whole parts, or the beginning of the last. */
export function factsUnder(facts: Facts, path: string): Facts {
  const wanted = path.replace(/\/+$/, "");
  const exact = facts.filter(({ id }) => id === wanted || id.startsWith(`${wanted}/`));
  return exact.length > 0 || wanted === "" ? exact : facts.filter(({ id }) => id.startsWith(wanted));
}

/** The first two parts of the ids, in order, with how many facts each has. */
export function subjectCounts(facts: Facts): readonly (readonly [path: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { id } of facts) {
    const path = subjectOf(id);
    counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether a fact is true for a version of its product; inside a window of doubt it is taken to be. */
export function holdsAt({ since, until }: Fact<unknown>, version: string): boolean {
  return reached(since, version, "later") && (until === undefined || !reached(until, version, "earlier"));
}

/** Paths that somebody may have meant: those that have one of its words, then those spelled alike. */
export function nearestSubjects(facts: Facts, path: string, atMost = 5): readonly string[] {
  const paths = [...new Set(facts.flatMap(({ id }) => [subjectOf(id), id]))];
  const last =
    path
      .toLowerCase()
      .split("/")
      .findLast((part) => part !== "") ?? "";
  if (last === "") return [];
  const having = paths.filter((one) => one.includes(last));
  if (having.length > 0) return having.toSorted((a, b) => a.length - b.length).slice(0, atMost);
  return paths
    .map((one) => [one, Math.min(distance(path, one), distance(last, one.split("/").at(-1) ?? ""))] as const)
    .filter(([, far]) => far <= Math.max(1, Math.floor(last.length / 3)))
    .toSorted(([, a], [, b]) => a - b)
    .map(([one]) => one)
    .slice(0, atMost);
}

function subjectOf(id: string): string {
  return id.split("/").slice(0, 2).join("/");
}

/** How many letters have to be put in, taken out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
