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

/** What the user has to put right, not migwire: wrong usage, or an error of the system's. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof UsageError || (error instanceof Error && "syscall" in error);
}
