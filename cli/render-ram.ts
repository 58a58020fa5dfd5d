import { findingLines } from "./finding-lines.ts";
import { type Remark, squashed } from "./findings.ts";
import type { Paint } from "./output.ts";
import { printable } from "./printable.ts";
import type { RebuiltBlock } from "./rebuild.ts";

export interface RamResult {
  /** Which of the migrations of a capture it is. */
  readonly migration?: number;
  readonly pageSize: number;
  readonly remarks: readonly Remark[];
  /** Findings by rule that were counted but not told. */
  readonly untold: Readonly<Record<string, number>>;
  readonly blocks: readonly RebuiltBlock[];
}

const HEAD = ["block", "bytes", "normal", "zero", "xbzrle", "compressed", "never", "sha256"];

/** A table with one line a block, then what is wrong. */
export function renderRam({ remarks, untold, blocks }: RamResult, paint: Paint): string {
  const few = squashed(remarks, untold);
  return table(blocks, paint) + findingLines(few.shown, paint, few.untold);
}

function table(blocks: readonly RebuiltBlock[], paint: Paint): string {
  if (blocks.length === 0) return "no RAM blocks\n";
  const files = blocks.some(({ path }) => path !== undefined);
  const head = files ? [...HEAD, "file"] : HEAD;
  const rows = blocks.map(({ idstr, usedLength, pages, never, sha256, path }) => {
    const counts = [usedLength, pages.normal, pages.zero, pages.xbzrle, pages.compressed, never];
    const row = [printable(idstr), ...counts.map(String), sha256 ?? "-"];
    return files ? [...row, path === undefined ? "-" : printable(path)] : row;
  });
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => pad(cell, widths[i] ?? 0, i))
      .join("  ")
      .trimEnd();
  return `${[paint("bold", line(head)), ...rows.map(line)].join("\n")}\n`;
}

/** Numbers to the right, words to the left. */
function pad(cell: string, width: number, column: number): string {
  return column >= 1 && column <= 6 ? cell.padStart(width) : cell.padEnd(width);
}
