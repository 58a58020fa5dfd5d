import type { Fact } from "../facts/fact.ts";
import type { LintCheck } from "./lint.ts";

export const namesKnown: LintCheck = {
  name: "names-known",
  description: "Checks that the capabilities that a rule names are capabilities of which there is a fact.",
  check(subjects) {
    const facts = subjects.flat();
    const known = new Set(
      facts.filter(({ id }) => id.startsWith("qemu/capabilities/")).map((fact) => nameOf(fact)),
    );
    return facts
      .filter(({ id }) => id.startsWith("qemu/capability-rules/"))
      .flatMap((fact) =>
        namesIn(fact)
          .filter((name) => !known.has(name))
          .map((name) => `${fact.id}: ${name} is no capability`),
      );
  },
};

function nameOf({ value }: Fact<unknown>): unknown {
  return (value as { readonly name?: unknown }).name;
}

function namesIn({ value }: Fact<unknown>): readonly string[] {
  const { capability, needs, conflictsWith } = value as {
    readonly capability: string;
    readonly needs?: string;
    readonly conflictsWith?: readonly string[];
  };
  return [capability, ...(needs === undefined ? [] : [needs]), ...(conflictsWith ?? [])];
}
