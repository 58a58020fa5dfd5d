import type { LintCheck } from "./lint.ts";

const ORDER = ["id", "claim", "value", "since", "until", "evidence", "notes"];

export const keysSorted: LintCheck = {
  name: "keys-sorted",
  description: "Checks that the parts of a fact stand in one order.",
  check: (subjects) =>
    subjects.flat().flatMap((fact) => {
      const places = Object.keys(fact).map((key) => ORDER.indexOf(key));
      const isSorted = places.every((place, i) => i === 0 || place > (places[i - 1] ?? 0));
      return isSorted
        ? []
        : [`${fact.id}: ${Object.keys(fact).join(", ")} is not the order of ${ORDER.join(", ")}`];
    }),
};
