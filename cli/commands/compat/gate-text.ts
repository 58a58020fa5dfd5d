import type { ReadPeer } from "../../../compat/inventory/index.ts";
import type { FeatureAnswer, Negotiation } from "../../../compat/negotiate.ts";
import { outcomeText } from "../../outcome-text.ts";
import { type Output, type Paint, painter } from "../../output.ts";
import { printable } from "../../printable.ts";
import type { GateAnswer } from "./gate.ts";
import { remarkLines, setText, whyText } from "./gate-reason.ts";
import { wantedText } from "./gate-wanted.ts";

const SHOWN: Readonly<Record<FeatureAnswer["answer"], string>> = {
  yes: "yes",
  no: "no",
  "not-yet": "not yet",
  unknown: "unknown",
};
const COLOURS = { yes: "green", no: "red", "not-yet": "yellow", unknown: "dim" } as const;

/** What may be used from one peer to the other, for people. */
export function gateText({ source, destination, there, back }: GateAnswer, output: Output): string {
  const paint = painter(output);
  return [
    ...headOf(source, destination, there, paint),
    "",
    ...plainOf(there, paint),
    ...tableOf(there, paint),
    ...wantedText(there, paint),
    ...(back ? ["", ...backOf(there, back, paint)] : []),
    "",
  ].join("\n");
}

function headOf(
  source: ReadPeer,
  destination: ReadPeer,
  { machine, machineChosen }: Negotiation,
  paint: Paint,
) {
  const chosen = machineChosen ? paint("dim", " (the newest that both have; --machine names another)") : "";
  return [
    `from     ${peerText(source)}`,
    ...findingsOf(source, paint),
    `to       ${peerText(destination)}`,
    ...findingsOf(destination, paint),
    ...(machine === null ? [] : [`machine  ${printable(machine)}${chosen}`]),
  ];
}

function peerText({ name, peer: { qemu, build } }: ReadPeer): string {
  const told = `QEMU ${qemu}${build === undefined ? "" : ` (${printable(build)})`}`;
  return name === `qemu-${qemu}` || name === qemu ? told : `${told}, ${printable(name)}`;
}

function findingsOf({ findings }: ReadPeer, paint: Paint): readonly string[] {
  return findings.flatMap(({ rule, level, message, remedy }) => [
    `  ${paint(level === "note" ? "dim" : "yellow", level)}: ${printable(message)} ${paint("dim", `[${rule}]`)}`,
    ...(remedy === null || level === "note" ? [] : [`    ${printable(remedy)}`]),
  ]);
}

function plainOf({ baseline }: Negotiation, paint: Paint): readonly string[] {
  const { findings } = baseline;
  return [
    `plain migration: ${outcomeText(baseline, paint)}`,
    ...findings.flatMap(({ rule, message, remedy, level }) => [
      `  ${level}: ${printable(message)} ${paint("dim", `[${rule}]`)}`,
      ...(remedy === null ? [] : [`    ${printable(remedy)}`]),
    ]),
    "",
  ];
}

function tableOf({ features, baseline }: Negotiation, paint: Paint): readonly string[] {
  const known = new Set(baseline.findings.map(({ message }) => message));
  const width = Math.max(...features.map(({ feature }) => printable(feature).length));
  return features.flatMap((answer) => {
    const name = printable(answer.feature).padEnd(width);
    const word = paint(COLOURS[answer.answer], SHOWN[answer.answer].padEnd(7));
    const stage = answer.stage === "stable" ? "" : paint("yellow", ` (${answer.stage})`);
    const [first = "", ...rest] =
      answer.answer === "yes" ? [...setText(answer), ...remarkLines(answer, known)] : whyText(answer, known);
    return [`${name}  ${word}  ${first}${stage}`, ...rest.map((line) => `${" ".repeat(width + 11)}${line}`)];
  });
}

/** Only what is different the other way round. */
function backOf(there: Negotiation, back: Negotiation, paint: Paint): readonly string[] {
  const differ = back.features.filter(({ answer }, i) => answer !== there.features[i]?.answer);
  const same = differ.length === 0 && back.baseline.outcome === there.baseline.outcome;
  if (same) return ["the other way round: the same answers"];
  return [
    paint("bold", "the other way round"),
    ...plainOf(back, paint),
    ...(differ.length > 0
      ? tableOf({ ...back, features: differ }, paint)
      : ["the same answers for each feature"]),
    ...(back.wanted && differ.length > 0 ? wantedText(back, paint) : []),
  ];
}
