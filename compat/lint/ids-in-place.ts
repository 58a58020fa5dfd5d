import type { LintCheck } from "./lint.ts";

export const idsInPlace: LintCheck = {
  name: "ids-in-place",
  description: "Checks that the chapters of a subject stand under one path, and nothing else stands there.",
  check(subjects) {
    const places = subjects.map((facts) => placeOf(facts.map(({ id }) => id)));
    return subjects.flatMap((facts, i) => {
      const place = places[i];
      const first = facts[0]?.id ?? "a subject without facts";
      if (place === undefined) return [`${first} shares no path with the other chapters of its subject`];
      const twice = places.indexOf(place) !== i;
      return twice ? [`${first} is of another subject than the facts under ${place}`] : [];
    });
  },
};

/** The path that the ids have in common: a lone fact's own; undefined when there is none below the product and its topic. */
function placeOf(ids: readonly string[]): string | undefined {
  const [first, ...others] = ids.map((id) => id.split("/"));
  if (!first) return undefined;
  if (others.length === 0) return first.join("/");
  const end = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  const common = first.slice(0, end === -1 ? first.length : end);
  return common.length < 2 ? undefined : `${common.join("/")}/`;
}
