import type { Finding } from "../codec/index.ts";
import { explain } from "../compat/explain.ts";
import type { Remark } from "./findings.ts";
import { joinedLabels } from "./joined-labels.ts";
import type { Paint } from "./output.ts";
import { printable } from "./printable.ts";

const STYLE = { error: "red", warning: "yellow", note: "dim" } as const;
const ORDER = ["error", "warning", "note"];
/** Lines for one rule. */
const MOST_LINES = 8;

/** The same finding on several channels. */
interface Group {
  readonly finding: Finding;
  readonly message: string;
  readonly hint: string | undefined;
  readonly labels: string[];
  /** The offset of all of them; undefined where they differ. */
  offset: number | undefined;
  count: number;
}

/**
 * Findings for people, the worst first, and how many alike were left out. What several channels have in common is told once,
 * and what to do about a rule too.
 */
export function findingLines(
  remarks: readonly Remark[],
  paint: Paint,
  untold: Readonly<Record<string, number>> = {},
): string {
  const left: Record<string, number> = { ...untold };
  const told = new Map<string, number>();
  let lines = "";
  for (const group of grouped(remarks)) {
    const { finding, hint, count } = group;
    const before = told.get(finding.rule) ?? 0;
    told.set(finding.rule, before + 1);
    if (before >= MOST_LINES) left[finding.rule] = (left[finding.rule] ?? 0) + count;
    else lines += `${lineOf(group, paint)}${hint && before === 0 ? `    ${hint}\n` : ""}`;
  }
  const more = Object.entries(left).map(([rule, count]) => `  and ${count} more [${rule}]\n`);
  return lines + more.join("");
}

function lineOf({ finding: { rule, level, subject }, message, labels, offset }: Group, paint: Paint): string {
  const where = labels.length === 0 ? "" : ` ${printable(joinedLabels(labels))}`;
  // What is said of a channel as a whole is not said of its first byte.
  const isPlace = offset !== undefined && (offset > 0 || subject !== "");
  const at = isPlace ? ` at 0x${offset.toString(16)} (${offset})` : "";
  return `  ${paint(STYLE[level], level)}${where}${at}: ${printable(message)} [${rule}]\n`;
}

/** The worst first, otherwise in the order in which they came. */
function grouped(remarks: readonly Remark[]): readonly Group[] {
  const groups: Group[] = [];
  const last = new Map<string, Group>();
  const sorted = remarks.toSorted((a, b) => ORDER.indexOf(a.finding.level) - ORDER.indexOf(b.finding.level));
  for (const { finding, label } of sorted) {
    const { message, hint } = explain(finding);
    const { rule, level, offset } = finding;
    const key = JSON.stringify([rule, level, message]);
    const known = last.get(key);
    if (known && label !== undefined && known.labels.length > 0 && !known.labels.includes(label)) {
      known.labels.push(label);
      known.count++;
      if (known.offset !== offset) known.offset = undefined;
      continue;
    }
    const labels = label === undefined ? [] : [label];
    const group: Group = { finding, message, hint, labels, offset, count: 1 };
    groups.push(group);
    last.set(key, group);
  }
  return groups;
}
