import * as z from "zod";
import type { LintCheck } from "./lint.ts";

const bound = z.union([z.string(), z.strictObject({ after: z.string(), atLatest: z.string() })]);
const evidence = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("commit"), commit: z.string(), release: z.string() }),
  z.strictObject({ kind: z.literal("source"), where: z.string() }),
  z.strictObject({ kind: z.literal("news"), release: z.string() }),
  z.strictObject({ kind: z.literal("run"), of: z.string() }),
]);
const fact = z.strictObject({
  id: z.string(),
  claim: z.string(),
  value: z.unknown().refine((value) => value !== undefined, "is missing"),
  since: bound,
  until: bound.optional(),
  evidence: z.array(evidence),
  notes: z.string().min(1).optional(),
});

export const schema: LintCheck = {
  name: "schema",
  description: "Checks that a fact has the parts of a fact, and no others.",
  check: (subjects) =>
    subjects.flatMap((facts) =>
      facts.flatMap((one) => {
        const { error } = fact.safeParse(one);
        return (error?.issues ?? []).map(
          ({ path, message }) => `${one.id}: ${[...path, message].map(String).join(" ")}`,
        );
      }),
    ),
};
