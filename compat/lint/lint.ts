import type { Bound, Fact } from "../facts/fact.ts";
import type { Product } from "../releases.ts";

/** The chapters of all subjects, as `FACTS` has them. */
export type Subjects = readonly (readonly Fact<unknown>[])[];

/** A check over the facts: what is wrong with them, a line each. */
export interface LintCheck {
  readonly name: string;
  readonly description: string;
  check(subjects: Subjects): readonly string[];
}

/** The product a fact is about. */
export function productOf({ id }: Pick<Fact<unknown>, "id">): Product {
  return id.startsWith("qemu/") ? "qemu" : "libvirt";
}

/** The first version a bound allows for, and the last. */
export function rangeOf(bound: Bound): { readonly first: string; readonly last: string } {
  return typeof bound === "string"
    ? { first: bound, last: bound }
    : { first: bound.after, last: bound.atLatest };
}
