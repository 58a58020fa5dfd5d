import type { Bound } from "../facts/fact.ts";
import { compareVersions } from "../releases.ts";
import { type LintCheck, rangeOf } from "./lint.ts";
import { isList } from "./side-by-side.ts";

export const chaptersInOrder: LintCheck = {
  name: "chapters-in-order",
  description: "Checks that a fact ends after it begins, and that the chapters of a subject do not overlap.",
  check: (subjects) =>
    subjects.flatMap((facts) =>
      facts.flatMap((fact, i) => {
        const next = facts[i + 1];
        const ends = fact.until !== undefined && !isLater(fact.until, fact.since);
        const overlaps =
          next !== undefined && !isList(facts) && fact.until !== undefined && isLater(fact.until, next.since);
        return [
          ...(ends ? [`${fact.id} ends before it begins`] : []),
          ...(overlaps ? [`${fact.id} goes on after ${next.id} has begun`] : []),
        ];
      }),
    ),
};

function isLater(a: Bound, b: Bound): boolean {
  return compareVersions(rangeOf(a).last, rangeOf(b).last) > 0;
}
