import type { Outcome, SideEnd, Stage } from "../check/verdict.ts";

/** What is wrong with loading something, or why that cannot be told. */
export interface LoadFinding {
  readonly rule: string;
  readonly level: "error" | "warning" | "note";
  /** Section, block, or part of the stream that it is about. */
  readonly subject: string;
  readonly offset?: number;
  readonly args: Readonly<Record<string, string | number | boolean>>;
  /** Ids of the facts it rests on. */
  readonly facts: readonly string[];
}

export type LoadVerdict = "loads" | "refused" | "not-judged";

/** One section of the stream. */
export interface SectionVerdict {
  readonly idstr: string;
  readonly instance: number;
  readonly version: number;
  readonly offset: number;
  readonly verdict: LoadVerdict;
  /** What was compared: all fields, the length of all, or only name and version. */
  readonly by: "fields" | "length" | "name";
  /** What the destination prints where it refuses it, if it gets as far. */
  readonly error: string | null;
  readonly findings: readonly LoadFinding[];
}

/** One RAM block. */
export interface BlockVerdict {
  readonly idstr: string;
  readonly usedLength: string | null;
  readonly verdict: LoadVerdict;
}

/** Whether a stream loads on one QEMU. */
export interface LoadResult {
  readonly peer: string;
  readonly qemu: string;
  readonly outcome: Outcome;
  readonly alternatives: readonly Outcome[];
  readonly stage: Stage;
  readonly source: SideEnd;
  readonly destination: SideEnd;
  /** Where the state's layout is known from; null: it is not. */
  readonly layouts: "dump" | "packaged" | null;
  readonly machine: { readonly name: string | null; readonly verdict: LoadVerdict };
  readonly blocks: readonly BlockVerdict[];
  readonly sections: readonly SectionVerdict[];
  /** Sections that are not listed, because there are too many. */
  readonly sectionsOmitted: number;
  /** The deciding one first. */
  readonly findings: readonly LoadFinding[];
}
