/** A complaint that is let pass. */
export interface Exception {
  readonly check: string;
  /** Id of the fact that is complained of. */
  readonly fact: string;
  readonly why: string;
}

/** Complaints that are let pass. One that nothing complains of any more is an error itself. */
export const EXCEPTIONS: readonly Exception[] = [];
