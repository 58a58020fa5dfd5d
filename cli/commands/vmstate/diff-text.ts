import type { VmstateFinding } from "../../../compat/vmstate/finding.ts";
import { VMSTATE_WORDINGS } from "../../../compat/vmstate/wording.ts";
import type { Paint } from "../../output.ts";
import { printable } from "../../printable.ts";
import { fold, INDENT, plural } from "../../text.ts";
import type { Direction } from "./direction.ts";

/** A finding with its words. */
export function toldFinding({ rule, level, path, args }: VmstateFinding) {
  const wording = VMSTATE_WORDINGS[rule];
  if (!wording) throw new TypeError(`${rule} has no wording`);
  return { rule, level, path, message: wording.message(args), remedy: wording.remedy(args) ?? null };
}

const LEVELS = ["error", "warning", "note"] as const;
const COLOURS = { error: "red", warning: "yellow", note: "dim" } as const;

interface NamedInput {
  readonly name: string;
  readonly findings: readonly VmstateFinding[];
}

/** The report for people: errors first, each way by itself. */
export function diffText(
  inputs: readonly NamedInput[],
  directions: readonly Direction[],
  paint: Paint,
): string {
  const wrong = inputs.filter(({ findings }) => findings.length > 0);
  const lines = [
    ...wrong.flatMap(({ name, findings }) => [
      paint("bold", printable(name)),
      ...listed(findings, paint),
      "",
    ]),
    ...directions.flatMap(({ from, to, findings }, at) => [
      ...(at === 0 ? [] : [""]),
      paint("bold", `${printable(from)} → ${printable(to)}`),
      ...listed(findings, paint),
      countsOf(findings),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** One remedy stands for all findings of a rule. */
function listed(findings: readonly VmstateFinding[], paint: Paint): string[] {
  const sorted = LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level));
  const advised = new Set<string>();
  return sorted.flatMap((finding) => {
    const { level, rule, path, message, remedy } = toldFinding(finding);
    const words = `${path}: ${message} [${rule}]`.replace(/^: /, "");
    const [first = "", ...rest] = fold(words.split(" "), " ", INDENT + 1);
    const advice =
      remedy === null || advised.has(rule) ? [] : fold(`→ ${remedy}`.split(" "), " ", INDENT + 3);
    advised.add(rule);
    return [
      `${paint(COLOURS[level], level.padEnd(INDENT))} ${first}`,
      ...[...rest, ...advice].map((text) => `${" ".repeat(INDENT)}   ${text}`),
    ];
  });
}

function countsOf(findings: readonly VmstateFinding[]): string {
  const parts = LEVELS.map((level) =>
    plural(findings.filter((finding) => finding.level === level).length, level),
  );
  return `${"in all".padEnd(INDENT)} ${parts.join(", ")}`;
}
