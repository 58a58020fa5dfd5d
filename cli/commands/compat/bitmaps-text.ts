import type { CheckedMapping, MappingFinding, MappingTranslation } from "../../../compat/bitmaps/index.ts";
import type { Paint } from "../../output.ts";
import { printable } from "../../printable.ts";

/** More only push the first ones off the screen. */
const MOST_FINDINGS = 50;

const COLOURS = { error: "red", warning: "yellow", note: "dim" } as const;

/** The report for people: findings, then the translation as QMP commands or as a file. */
export function bitmapsText(
  file: string,
  { kind, findings, translation }: CheckedMapping,
  paint: Paint,
): string {
  const errors = findings.filter(({ level }) => level === "error").length;
  const state = errors > 0 ? paint("red", "not usable as it is") : paint("green", "usable");
  const lines = [
    `${paint("bold", printable(file))}: ${kind ?? "no mapping of a known form"}, ${state}`,
    ...findings.slice(0, MOST_FINDINGS).flatMap((finding) => findingLines(finding, paint)),
    ...(findings.length > MOST_FINDINGS
      ? [`and ${findings.length - MOST_FINDINGS} more: --json has all`]
      : []),
    ...(translation ? translationLines(translation, paint) : []),
  ];
  return `${lines.join("\n")}\n`;
}

function findingLines(
  { rule, level, path, message, remedy }: MappingFinding,
  paint: Paint,
): readonly string[] {
  const where = path === "" ? "" : `${printable(path)}: `;
  return [
    `${paint(COLOURS[level], level)}: ${where}${printable(message)} ${paint("dim", rule)}`,
    ...(remedy === null ? [] : [`  ${printable(remedy)}`]),
  ];
}

function translationLines(translation: MappingTranslation, paint: Paint): readonly string[] {
  if (translation.kind === "full-map")
    return ["", paint("bold", "as a full map"), plainJson({ "full-map": translation["full-map"] }, 2)];
  return (["destination", "source"] as const).flatMap((side) => [
    "",
    paint("bold", `on the ${side}, before the migration`),
    plainJson({
      execute: "migrate-set-parameters",
      arguments: { "block-bitmap-mapping": translation[side] },
    }),
  ]);
}

/** JSON without characters that a terminal would act on. */
function plainJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(/[\u007f-\u009f]|[\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
