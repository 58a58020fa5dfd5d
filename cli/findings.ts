import type { Finding } from "../codec/index.ts";
import { type Explanation, explain } from "../compat/index.ts";
import type { Paint } from "./output.ts";
import { printable } from "./printable.ts";

const STYLE = { error: "red", warning: "yellow", note: "dim" } as const;

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === "error");
}

/** A finding as the documents show it. */
function findingDocument({ rule, level, subject, offset, args }: Finding, { message, hint }: Explanation) {
  return {
    rule,
    level,
    channel: 0,
    offset: offset ?? null,
    path: subject,
    message,
    hint: hint ?? null,
    ...(args.expected === undefined ? {} : { expected: args.expected }),
    ...(args.found === undefined ? {} : { found: args.found }),
  };
}

/** The findings of a document; those that were counted but not told are summed up by rule. */
export function findingsDocument(findings: readonly Finding[], untold: Readonly<Record<string, number>>) {
  const listed = findings.map((finding) => findingDocument(finding, explain(finding)));
  return { findings: listed, ...(Object.keys(untold).length > 0 ? { findingsOmitted: untold } : {}) };
}

/** Findings for people, the worst first, and how many alike were left out. */
export function findingLines(
  findings: readonly Finding[],
  paint: Paint,
  untold: Readonly<Record<string, number>> = {},
): string {
  const order = ["error", "warning", "note"];
  const sorted = [...findings].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  const lines = sorted
    .map((finding) => {
      const { message, hint } = explain(finding);
      const at =
        finding.offset === undefined ? "" : ` at 0x${finding.offset.toString(16)} (${finding.offset})`;
      const line = `  ${paint(STYLE[finding.level], finding.level)}${at}: ${printable(message)} [${finding.rule}]\n`;
      return hint ? `${line}    ${hint}\n` : line;
    })
    .join("");
  const more = Object.entries(untold).map(([rule, count]) => `  and ${count} more [${rule}]\n`);
  return lines + more.join("");
}
