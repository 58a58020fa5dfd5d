import type { Fact } from "../facts/fact.ts";
import { compareVersions } from "../releases.ts";
import { type LintCheck, rangeOf } from "./lint.ts";
import { isList } from "./side-by-side.ts";

export const noContradiction: LintCheck = {
  name: "no-contradiction",
  description:
    "Checks that a subject's chapters follow each other, that one ends where another is to follow, and that each says something else than the one before.",
  check: (subjects) =>
    subjects
      .filter((facts) => !isList(facts))
      .flatMap((facts) =>
        facts.slice(1).flatMap((fact, i) => {
          const before = facts[i];
          return before ? between(before, fact) : [];
        }),
      ),
};

function between(before: Fact<unknown>, fact: Fact<unknown>): readonly string[] {
  const isOlder = compareVersions(rangeOf(before.since).last, rangeOf(fact.since).last) > 0;
  const isSame = before.claim === fact.claim && JSON.stringify(before.value) === JSON.stringify(fact.value);
  return [
    ...(isOlder ? [`${fact.id} is older than ${before.id}, but stands after it`] : []),
    ...(before.until === undefined ? [`${before.id} has no end, though ${fact.id} follows`] : []),
    ...(isSame ? [`${fact.id} says what ${before.id} said`] : []),
  ];
}
