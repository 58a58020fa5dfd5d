import type { Level } from "../../codec/index.ts";
import type { Paint } from "../output.ts";
import { printable } from "../printable.ts";
import { columns, human, plural } from "../text.ts";
import type { Verdict } from "../verdict.ts";
import { guestOf } from "./guest.ts";
import type { Judgement } from "./judgement.ts";

/** What the table of many inputs keeps of one. */
export interface SummaryRow {
  readonly verdict: Verdict;
  readonly cells: readonly string[];
}

const HEAD = ["", "verdict", "errors", "warnings", "container", "payload", "size", "guest", "machine"];
/** Columns of numbers. */
const RIGHT: ReadonlySet<number> = new Set([2, 3, 6]);
const VERDICTS: readonly Verdict[] = ["whole", "partial", "damaged", "unrecognised"];

export function summaryRow(judgement: Judgement): SummaryRow {
  const { name, verdict, container, size, remarks } = judgement;
  const count = (wanted: Level) => String(remarks.filter(({ finding }) => finding.level === wanted).length);
  const { guest, machine, payload } = guestOf(judgement);
  const cells = [
    name,
    verdict,
    count("error"),
    count("warning"),
    container ?? "-",
    payload ?? "-",
    size === undefined ? "-" : human(size),
    guest ?? "-",
    machine ?? "-",
  ];
  return { verdict, cells: cells.map(printable) };
}

/** All inputs below each other, then how many there are of each verdict. */
export function summaryTable(rows: readonly SummaryRow[], refused: number, paint: Paint): string {
  const [head = "", ...lines] = columns([HEAD, ...rows.map(({ cells }) => cells)], RIGHT);
  const painted = lines.map((line, i) => (rows[i]?.verdict === "whole" ? line : paint("red", line)));
  const counts = VERDICTS.map((verdict) => [
    rows.filter((row) => row.verdict === verdict).length,
    verdict,
  ]).filter(([count]) => count !== 0);
  const words = [
    ...counts.map(([count, verdict]) => `${count} ${verdict}`),
    ...(refused > 0 ? [`${refused} not read`] : []),
  ];
  const sum = `${plural(rows.length + refused, "input")}: ${words.join(", ")}`;
  return `\n${[paint("bold", head), ...painted, sum].join("\n")}\n`;
}
