import type { LoadFinding, LoadResult, LoadVerdict } from "../../compat/load/result.ts";
import { outcomeText } from "../outcome-text.ts";
import type { Paint } from "../output.ts";
import { printable } from "../printable.ts";
import { fold, plural } from "../text.ts";
import { toldFinding } from "./document.ts";
import type { JudgedInput } from "./read-input.ts";

/** Findings told of one QEMU; all are in the document. */
const MOST_FINDINGS = 12;
/** Columns that titles take. */
const INDENT = 11;

/** The report for people. */
export function renderLoad(name: string, { machine, results }: JudgedInput, paint: Paint): string {
  const title = `${printable(name)}${machine === null ? "" : ` (${printable(machine)})`}`;
  const assumed =
    "The destination is taken to have the same devices in the same places, and as much memory unless it is told otherwise.";
  const lines = [
    title,
    ...results.flatMap((result) => ["", ...resultLines(result, paint)]),
    "",
    ...fold(assumed.split(" "), " ", 0),
  ];
  return `${lines.join("\n")}\n`;
}

function resultLines(result: LoadResult, paint: Paint): string[] {
  const { peer, source, destination, findings, sections, layouts } = result;
  const shown = findings.slice(0, MOST_FINDINGS);
  const left = findings.length - shown.length;
  return [
    paint("bold", `on ${printable(peer)}`),
    line("outcome", outcomeText(result, paint)),
    ...said("source", source.state, null),
    ...said("destination", destination.state, destination.error),
    line("sections", countsOf(sections)),
    line("layouts", LAYOUTS[layouts ?? "none"]),
    ...shown.flatMap((finding) => findingLines(finding, paint)),
    ...(left > 0 ? [line("", `${plural(left, "more finding")}: see --json`)] : []),
  ];
}

const LAYOUTS = {
  dump: "of the dump that was given",
  packaged: "of dumps of four releases, as packaged",
  none: "not known of this release: fields were not compared",
} as const;

function countsOf(sections: LoadResult["sections"]): string {
  const count = (verdict: LoadVerdict) => sections.filter((section) => section.verdict === verdict).length;
  const parts = [
    `${count("loads")} load`,
    `${count("refused")} refused`,
    `${count("not-judged")} not judged`,
  ];
  return `${sections.length}: ${parts.join(", ")}`;
}

function said(side: string, state: string | null, error: string | null): string[] {
  if (state === null && error === null) return [];
  const lines =
    error === null || error === "" ? [] : error.split("\n").map((text) => line("", `  ${printable(text)}`));
  return [line(side, state ?? "does not start"), ...lines];
}

function findingLines(finding: LoadFinding, paint: Paint): string[] {
  const { level, rule, message, remedy } = toldFinding(finding);
  const colour = level === "error" ? "red" : level === "warning" ? "yellow" : "dim";
  const [first = "", ...rest] = fold(`${message} [${rule}]`.split(" "), " ", INDENT + 1);
  const advice = remedy === null ? [] : fold(`→ ${remedy}`.split(" "), " ", INDENT + 1);
  return [
    `${paint(colour, level.padEnd(INDENT))} ${first}`,
    ...[...rest, ...advice].map((text) => line("", `  ${text}`)),
  ];
}

function line(name: string, text: string): string {
  return `${name.padEnd(INDENT)} ${text}`.trimEnd();
}
