import type { Outcome as Ended } from "../facts/qemu/errata/erratum.ts";
import type { ScenarioChange } from "./change.ts";

/** What a scenario comes to; `unknown` where neither a recorded run nor the models tell. */
export type Outcome = Ended | "unknown";

/** The outcomes that look like success. */
export const DANGEROUS: ReadonlySet<Outcome> = new Set([
  "guest-lost",
  "guest-stuck",
  "corrupts",
  "loses-bitmaps",
]);

/** Where in a migration something happens, in order. */
export const STAGES = [
  "start",
  "configure",
  "connect",
  "setup",
  "precopy",
  "switchover",
  "postcopy",
  "recover",
  "restore",
] as const;
export type Stage = (typeof STAGES)[number];

/** How one side ends. */
export interface SideEnd {
  /** `status` of query-migrate; null where there is none. */
  readonly state: string | null;
  /**
   * What this release says, without the program's name: the answer of a refused command, `error-desc`, or all lines that
   * the process prints on stderr. Null: nothing.
   */
  readonly error: string | null;
  /** What it says otherwise, where threads race. */
  readonly otherErrors?: readonly string[];
  /** The process is gone. */
  readonly exits?: boolean;
}

/** How a scenario ends. */
export interface Ending {
  readonly outcome: Outcome;
  /** Other outcomes of the same race, the likelier first. */
  readonly alternatives: readonly Outcome[];
  readonly stage: Stage;
  readonly source: SideEnd;
  readonly destination: SideEnd;
}

export interface VerdictFinding {
  readonly rule: string;
  readonly level: "error" | "warning" | "note";
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string | null;
  /** The remedy as changes to the scenario, where settings alone are one. */
  readonly fix?: readonly ScenarioChange[];
  readonly evidence: readonly string[];
}

/** The answer to a scenario, as `design.md` has it. */
export interface Verdict extends Ending {
  readonly format: "migwire/verdict@1";
  readonly id?: string;
  /** The deciding one first. */
  readonly findings: readonly VerdictFinding[];
  readonly confidence: "observed" | "modelled" | "unknown";
}

/** It completes, no race can end otherwise, and nothing is found at error level. */
export function isSafe({ outcome, alternatives, findings }: Verdict): boolean {
  return (
    outcome === "completes" && alternatives.length === 0 && findings.every(({ level }) => level !== "error")
  );
}
