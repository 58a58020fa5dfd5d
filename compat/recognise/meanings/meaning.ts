import type { Stage } from "../../check/verdict.ts";

/** What a message means to somebody who has to act on it. */
export interface Meaning {
  /** Fact ids, or the beginnings of their paths. The longest that fits counts. */
  readonly subjects: readonly string[];
  /** Who says it. */
  readonly side: "source" | "destination" | "either" | "libvirt";
  readonly stage: Stage;
  readonly meaning: string;
  readonly causes: readonly string[];
  readonly remedies: readonly string[];
  /** What its conversions are, in order; where messages of one subject have different numbers of them, a list for each number. */
  readonly values?: readonly (readonly string[])[];
  /** What an errno at its end tells, where that is more than the errno itself does. */
  readonly errno?: Readonly<Record<string, string>>;
  /** Rules and facts to read on. */
  readonly related?: readonly string[];
}
