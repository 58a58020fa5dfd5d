import type { Matrix } from "../../compat/matrix/matrix.ts";

/** A row for each pair: what it comes to, where, and which rules say so. */
export function matrixCsv({ names, cells, verdicts }: Matrix): string {
  const told = verdicts.map(({ verdict: { outcome, alternatives, stage, findings, confidence } }) =>
    [
      outcome,
      alternatives.join(" "),
      stage,
      findings
        .filter(({ level }) => level !== "note")
        .map(({ rule }) => rule)
        .join(" "),
      confidence,
    ]
      .map(field)
      .join(","),
  );
  const rows = cells.flatMap((row, from) =>
    row.map((place, to) => `${field(names[from] ?? "")},${field(names[to] ?? "")},${told[place]}`),
  );
  return `${["source,destination,outcome,alternatives,stage,rules,confidence", ...rows].join("\r\n")}\r\n`;
}

/** As RFC 4180 has it; what a spreadsheet would take for a formula is made text. */
function field(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
