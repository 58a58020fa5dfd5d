import { findRelease } from "../releases.ts";
import { type LintCheck, productOf, rangeOf } from "./lint.ts";

export const versionsExist: LintCheck = {
  name: "versions-exist",
  description: "Checks that each version that a fact names was released.",
  check: (subjects) =>
    subjects.flat().flatMap((fact) => {
      const bounds = [fact.since, ...(fact.until === undefined ? [] : [fact.until])].map(rangeOf);
      const evidence = fact.evidence.flatMap((one) => ("release" in one ? [one.release] : []));
      const versions = [...bounds.flatMap(({ first, last }) => [first, last]), ...evidence];
      return versions
        .filter((version) => !findRelease(productOf(fact), version))
        .map((version) => `${fact.id} names ${version}, which is no release`);
    }),
};
