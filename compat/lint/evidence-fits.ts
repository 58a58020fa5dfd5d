import type { Fact } from "../facts/fact.ts";
import { compareVersions } from "../releases.ts";
import { type LintCheck, rangeOf } from "./lint.ts";

export const evidenceFits: LintCheck = {
  name: "evidence-fits",
  description: "Checks that no commit that a fact rests on came after the fact was over.",
  check: (subjects) =>
    subjects
      .flat()
      .flatMap((fact) =>
        fact.evidence.flatMap((one) =>
          "release" in one && isLater(one.release, fact)
            ? [`${fact.id} rests on ${one.release}, after its end`]
            : [],
        ),
      ),
};

function isLater(release: string, { until }: Fact<unknown>): boolean {
  return until !== undefined && compareVersions(lineOnly(release), lineOnly(rangeOf(until).last)) > 0;
}

/** A stable release may have what a later line brought: 10.0.2 has commits of 10.1. */
function lineOnly(version: string): string {
  const [major = "0", minor = "0", stable] = version.split(".");
  return stable === undefined || stable === "0" ? `${major}.${minor}` : `${major}.${Number(minor) + 1}`;
}
