import type { Matrix } from "../../compat/matrix/matrix.ts";
import { type Output, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { plural } from "../text.ts";
import { glyph, gravity, legend } from "./glyph.ts";
import { groupsOf } from "./groups.ts";

/** A table: sources down, destinations across; a letter for each outcome. */
export function matrixText(matrix: Matrix, about: string, output: Output): string {
  const paint = painter(output);
  const groups = groupsOf(matrix).map(({ at, name }) => ({ at, name: printable(name) }));
  const width = Math.max(...groups.map(({ name }) => name.length));
  const cell = (from: number, to: number) => matrix.verdicts[matrix.cells[from]?.[to] ?? 0]?.verdict;
  const rows = groups.map(({ at, name }, i) => {
    const letters = groups.map(({ at: to }) => {
      const verdict = cell(at, to);
      return verdict ? glyph(verdict, paint) : " ";
    });
    return `${String(i + 1).padStart(3)} ${name.padEnd(width)}  ${letters.join(" ")}`;
  });
  const all = matrix.cells
    .flat()
    .map((place) => matrix.verdicts[place]?.verdict)
    .filter((one) => one !== undefined);
  return `${[
    about,
    ...header(groups.length, width),
    ...rows,
    "",
    legend(all),
    summary(all.map(gravity)),
  ].join("\n")}\n`;
}

/** Numbers of the columns, one digit a line. */
function header(count: number, width: number): string[] {
  const digits = (of: (number: number) => string) =>
    `${" ".repeat(width + 6)}${Array.from({ length: count }, (_, i) => of(i + 1)).join(" ")}`.trimEnd();
  const tens =
    count > 9 ? [digits((number) => (number % 10 === 0 ? (String(number / 10).at(-1) ?? "") : " "))] : [];
  return [...tens, digits((number) => String(number % 10))];
}

function summary(levels: readonly ReturnType<typeof gravity>[]): string {
  const of = (level: ReturnType<typeof gravity>) => levels.filter((each) => each === level).length;
  return `${plural(levels.length, "pair")}: ${of("yes")} complete, ${of("race")} complete or not by chance, ${of("no")} do not, ${of("danger")} may look like success and are none, ${of("unknown")} unknown`;
}
