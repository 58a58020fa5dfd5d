import type { Fact } from "../facts/fact.ts";
import type { Pair } from "./end.ts";
import type { Ending } from "./verdict.ts";

/**
 * The steps of a scenario in the order in which they are taken; of several problems the one at the earliest step decides.
 * `save-and-restore` takes all of the source's before those of the destination: see `stepOrder()`.
 */
export const STEPS = [
  "start source",
  "start destination",
  "capabilities destination",
  "capabilities source",
  "parameters destination",
  "parameters source",
  "migrate-incoming",
  "migrate",
  "connect",
  "configuration",
  "ram setup",
  "precopy",
  "switchover",
  "postcopy",
  "recover",
  "done",
] as const;
export type Step = (typeof STEPS)[number];

/** What a factor found wrong, or worth knowing, about a pair. */
export interface Problem {
  readonly step: Step;
  /** How the scenario ends if nothing before it ends it; null where it only is worth knowing. */
  readonly ending: Ending | null;
  readonly level: "error" | "warning" | "note";
  /** Fills the wording of the factor's rule. */
  readonly args: Readonly<Record<string, string | number | boolean>>;
  /** What it rests on. */
  readonly facts: readonly Fact<unknown>[];
}

/** One thing that decides whether two ends may migrate. */
export interface Factor {
  /** Says subject, then promise; the file has its name in kebab case. */
  readonly rule: string;
  /** Begins "Checks that". */
  readonly purpose: string;
  /** Where in QEMU this is decided. */
  readonly reference: string;
  find(pair: Pair): readonly Problem[];
}
