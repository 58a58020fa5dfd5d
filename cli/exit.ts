/** Exit status of every verb. */
export const CLEAN = 0;
/** Findings at error level. */
export const FINDINGS = 1;
/** Could not do the job: usage, I/O, or a mistake of migwire's own. */
export const FAILED = 2;

export type ExitStatus = typeof CLEAN | typeof FINDINGS | typeof FAILED;

/** The user's mistake or the system's refusal: told in one line, without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
