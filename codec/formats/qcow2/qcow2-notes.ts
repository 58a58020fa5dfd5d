import type { Span } from "../../layout/index.ts";
import type { Finding, FindingRule, Level } from "../finding.ts";

/** Findings kept of one image; a table of 65536 snapshots could make as many. */
const MOST_FINDINGS = 1000;

/** What is gathered while an image is read. */
export interface Notes {
  readonly size: number;
  readonly findings: Finding[];
  readonly span: ((span: Span) => void) | undefined;
}

export function note(
  { findings }: Notes,
  rule: FindingRule,
  level: Level,
  subject: string,
  offset: number,
  args: Finding["args"] = {},
): void {
  if (findings.length < MOST_FINDINGS) findings.push({ rule, level, subject, offset, args });
}

/** The file ends before bytes that must be there. */
export function noteEnd(notes: Notes, what: string, subject: string, offset: number, length: number): void {
  const have = Math.max(0, Math.min(length, notes.size - offset));
  note(notes, "QCOW2_FILE_COMPLETE", "error", subject, offset, { what, need: length, have });
}

/** Decoding options of a struct at `base`. */
export function tracing({ span }: Notes, base: number, within?: string) {
  return { base, ...(within === undefined ? {} : { within }), ...(span ? { trace: span } : {}) };
}
