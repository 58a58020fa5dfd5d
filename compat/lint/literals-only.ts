import type { LintCheck } from "./lint.ts";

export const literalsOnly: LintCheck = {
  name: "literals-only",
  description: "Checks that facts are data: what they are as JSON is what they are.",
  check: (subjects) =>
    subjects
      .flat()
      .filter((fact) =>
        Object.values(fact).some((value) => typeof value === "function" || value === undefined),
      )
      .map(({ id }) => `${id} is more than data`),
};
