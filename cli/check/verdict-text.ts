import type { Scenario, ScenarioPeer } from "../../compat/check/scenario.ts";
import type { SideEnd, Verdict } from "../../compat/check/verdict.ts";
import { outcomeText } from "../outcome-text.ts";
import { type Output, type Paint, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { fold } from "../text.ts";

/** Texts of a race that are shown. */
const MOST_OTHERS = 2;
/** Columns that titles take. */
const INDENT = 11;

/** A verdict for people: the outcome, what each side says, why, and what to do. */
export function verdictText(scenario: Scenario, verdict: Verdict, output: Output): string {
  const paint = painter(output);
  const lines = [
    title(scenario, verdict),
    `${"outcome".padEnd(INDENT)} ${outcomeText(verdict, paint)}`,
    ...side("source", verdict.source),
    ...side("destination", verdict.destination),
    ...verdict.findings.flatMap((finding) => findingLines(finding, paint)),
    `${"as".padEnd(INDENT)} ${verdict.confidence}`,
  ];
  return `${lines.join("\n")}\n`;
}

function title(
  { source, destination, transport = "tcp", mode = "precopy" }: Scenario,
  { id }: Verdict,
): string {
  const name = id === undefined ? "" : `${printable(id)}: `;
  return `${name}${peerText(source)} → ${peerText(destination)}, ${mode} over ${transport}`;
}

function peerText({ qemu, machine, capabilities = {}, parameters = {} }: ScenarioPeer): string {
  const caps = Object.keys(capabilities).filter((name) => capabilities[name]);
  const params = Object.entries(parameters).map(([name, value]) => `${name}=${valueText(value)}`);
  const all = [...(machine === undefined ? [] : [machine]), ...caps, ...params];
  const shown = all.length === 0 ? "" : ` (${all.map(printable).join(", ")})`;
  return `qemu-${qemu}${shown}`;
}

const LONGEST_VALUE = 60;

function valueText(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

function side(name: string, { state, error, otherErrors = [], exits }: SideEnd): string[] {
  if (state === null && error === null && !exits) return [];
  const parts = [...(state === null ? [] : [state]), ...(exits ? ["the process exits"] : [])];
  const said = error === null ? [] : error.split("\n").map((line) => `  ${printable(line)}`);
  const others = otherErrors
    .slice(0, MOST_OTHERS)
    .map((text) => `  or: ${printable(text.replaceAll("\n", " / "))}`);
  const left = otherErrors.length - others.length;
  if (left > 0) others.push(`  or ${left} more, with --json`);
  return [`${name.padEnd(INDENT)} ${parts.join(", ") || "says"}`, ...[...said, ...others].map(indented)];
}

function indented(line: string): string {
  return `${" ".repeat(INDENT)}${line}`;
}

function findingLines({ rule, level, message, remedy, evidence }: Verdict["findings"][number], paint: Paint) {
  const colour = level === "error" ? "red" : level === "warning" ? "yellow" : "dim";
  const words = (text: string) => fold(text.split(" "), " ", INDENT + 1);
  const under = (text: string) => words(text).map((line) => indented(` ${line}`));
  const [first = "", ...rest] = words(`${message} [${rule}]`);
  return [
    `${paint(colour, level.padEnd(INDENT))} ${first}`,
    ...rest.map((line) => indented(` ${line}`)),
    ...(remedy === null ? [] : under(`→ ${remedy}`)),
    ...(evidence.length === 0 ? [] : [indented(paint("dim", ` ${printable(evidenceText(evidence))}`))]),
  ];
}

function evidenceText([first = "", ...rest]: readonly string[]): string {
  return rest.length === 0 ? first : `${first}; ${rest.length} more with --json`;
}
