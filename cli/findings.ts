import type { Finding } from "../codec/index.ts";
import { type Explanation, explain } from "../compat/explain.ts";
/** A finding, with the channel it is about. */
export interface Remark {
  readonly finding: Finding;
  /** Index of the channel; null where it is about none. */
  readonly channel: number | null;
  /** Name of the channel for people, where there are several. */
  readonly label?: string;
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === "error");
}

/** Findings of a stream, which is channel 0 of its document. */
export function onStream(findings: readonly Finding[]): readonly Remark[] {
  return findings.map((finding) => ({ finding, channel: 0 }));
}

/** A finding as the documents show it. */
export function findingDocument({ finding, channel }: Remark, { message, hint }: Explanation) {
  const { rule, level, subject, offset, args } = finding;
  return {
    rule,
    level,
    channel,
    offset: offset ?? null,
    path: subject,
    message,
    hint: hint ?? null,
    ...(args.expected === undefined ? {} : { expected: args.expected }),
    ...(args.found === undefined ? {} : { found: args.found }),
  };
}

/** The findings of a document; those that were counted but not told are summed up by rule. */
export function findingsDocument(remarks: readonly Remark[], untold: Readonly<Record<string, number>>) {
  const listed = remarks.map((remark) => findingDocument(remark, explain(remark.finding)));
  return { findings: listed, ...(Object.keys(untold).length > 0 ? { findingsOmitted: untold } : {}) };
}

/** The first few findings of each rule on each channel, and how many alike were left out. */
export function squashed(
  remarks: readonly Remark[],
  untold: Readonly<Record<string, number>>,
  most = 3,
): { readonly shown: readonly Remark[]; readonly untold: Readonly<Record<string, number>> } {
  const counts = new Map<string, number>();
  const left: Record<string, number> = { ...untold };
  const shown = remarks.filter(({ finding: { rule }, channel }) => {
    const key = `${rule} ${channel}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > most) left[rule] = (left[rule] ?? 0) + 1;
    return count <= most;
  });
  return { shown, untold: left };
}
