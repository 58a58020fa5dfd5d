import type { Evidence } from "../facts/fact.ts";
import type { LintCheck } from "./lint.ts";

export const evidencePresent: LintCheck = {
  name: "evidence-present",
  description:
    "Checks that each fact rests on something, that a commit is one, and that its claim is a sentence.",
  check: (subjects) =>
    subjects
      .flat()
      .flatMap(({ id, claim, evidence }) => [
        ...(evidence.length === 0 ? [`${id} has no evidence`] : []),
        ...evidence.filter((one) => !isWellFormed(one)).map((one) => `${id}: ${JSON.stringify(one)}`),
        ...(/^\S+ .*\.$/.test(claim) ? [] : [`${id}: the claim is no sentence`]),
      ]),
};

function isWellFormed(evidence: Evidence): boolean {
  if (evidence.kind === "commit") return /^[0-9a-f]{10,40}$/.test(evidence.commit);
  return evidence.kind === "news" || /\S/.test(evidence.kind === "run" ? evidence.of : evidence.where);
}
