import { printable } from "./printable.ts";

const WIDTH = 110;
/** Columns that titles take. */
export const INDENT = 10;

/** Words in lines of even length under one title. */
export function wrap(title: string, words: readonly string[]): string {
  return `${title} ${fold(words, ", ").join(`\n${" ".repeat(INDENT)}`)}`;
}

/** Words in lines of even length, after so many columns; what joins them stays at the end of a line. */
export function fold(words: readonly string[], join: string, indent = INDENT): string[] {
  const lines: string[] = [];
  let line = "";
  for (const item of words.map(printable)) {
    if (line !== "" && line.length + join.length + item.length > WIDTH - indent) {
      lines.push(`${line}${join.trimEnd()}`);
      line = "";
    }
    line = line === "" ? item : `${line}${join}${item}`;
  }
  return [...lines, line];
}

/** Says the same thing once in a row, with how often; `more` are not in the list. */
export function squash(words: Iterable<string>, more: number, most = 24): string[] {
  const runs: { text: string; count: number }[] = [];
  for (const text of words) {
    const last = runs.at(-1);
    if (last?.text === text) last.count++;
    else runs.push({ text, count: 1 });
  }
  const shown = runs.slice(0, most).map(({ text, count }) => (count === 1 ? text : `${count} × ${text}`));
  const left = runs.slice(most).reduce((sum, { count }) => sum + count, more);
  return left > 0 ? [...shown, `${left} more`] : shown;
}

/** Rows with columns as wide as their longest cell; those of `right` are aligned to the right. */
export function columns(rows: readonly (readonly string[])[], right: ReadonlySet<number>): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, i) => (right.has(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

export function human(size: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let unit = 0;
  let value = size;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit]}`;
}

/** Nanoseconds as milliseconds. */
export function milliseconds(time: number): string {
  return (time / 1e6).toFixed(3);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `53 normal, 4138 zero`. */
export function pageCounts(pages: Readonly<Record<string, number>>): string {
  const counts = Object.entries(pages).filter(([, count]) => count > 0);
  return counts.map(([kind, count]) => `${count} ${kind}`).join(", ") || "no pages";
}
