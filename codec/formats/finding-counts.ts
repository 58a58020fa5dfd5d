import type { FindingRule } from "./finding.ts";

/** How often each rule has fired. */
export type FindingCounts = Map<FindingRule, number>;

/** Findings of one rule beyond this many are counted, not told. */
export const FINDINGS_PER_RULE = 64;

/** Counts a finding, and says whether it is still to be told. */
export function countFinding(counts: FindingCounts, rule: FindingRule): boolean {
  const seen = (counts.get(rule) ?? 0) + 1;
  counts.set(rule, seen);
  return seen <= FINDINGS_PER_RULE;
}

/** How often each rule fired beyond what was told. */
export function untoldFindings(counts: FindingCounts): Readonly<Record<string, number>> {
  const untold = [...counts].filter(([, count]) => count > FINDINGS_PER_RULE);
  return Object.fromEntries(untold.map(([rule, count]) => [rule, count - FINDINGS_PER_RULE]));
}
