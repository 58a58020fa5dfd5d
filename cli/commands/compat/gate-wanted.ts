import type { LibvirtPlan, Negotiation, QmpStep } from "../../../compat/negotiate.ts";
import type { Paint } from "../../output.ts";
import { printable } from "../../printable.ts";
import { reasonLines, upgradeText } from "./gate-reason.ts";

/** What is granted of the wishes, and how to get it. */
export function wantedText({ wanted }: Negotiation, paint: Paint): readonly string[] {
  if (!wanted) return [];
  const { granted, needed, refused, exhaustive, advice, provided, commands, libvirt } = wanted;
  const names = granted.map(printable).join(", ");
  return [
    "",
    `granted: ${granted.length === 0 ? paint("red", "nothing") : paint("green", names)}${needed.length > 0 ? `, with ${needed.join(", ")}` : ""}`,
    ...(exhaustive
      ? []
      : ["  (there are too many sets to try them all: taken one by one, in the order of wishes)"]),
    ...refused.flatMap(({ feature, alone, reasons, upgrade }) => [
      `refused: ${paint("red", printable(feature))}${alone ? "" : " beside those"}`,
      ...reasonLines(reasons).map((line) => `  ${line}`),
      ...(upgrade ? [`  ${upgradeText(upgrade)}`] : []),
    ]),
    ...provided.map((text) => `provided: ${printable(text)}`),
    ...advice.map(
      (feature) =>
        `advised: ${feature} on the source, or it calls a guest that was lost on the way a success`,
    ),
    ...(commands.length > 0 ? ["", ...commandLines(commands, paint)] : []),
    ...(commands.length > 0 ? ["", ...libvirtLines(libvirt, paint)] : []),
  ];
}

function commandLines(commands: readonly QmpStep[], paint: Paint): readonly string[] {
  return [
    paint("bold", "QMP, in this order (the destination was started with -incoming defer)"),
    ...commands.map(({ end, execute, arguments: given, when }) => {
      const command = Object.keys(given).length > 0 ? { execute, arguments: given } : { execute };
      return `  ${end.padEnd(11)}  ${printable(JSON.stringify(command))}${when === null ? "" : paint("dim", `  # ${when}`)}`;
    }),
  ];
}

function libvirtLines({ commands, since, automatic, without }: LibvirtPlan, paint: Paint): readonly string[] {
  const needs = since === null ? "" : ` (${since} or newer on both hosts)`;
  return [
    paint("bold", `libvirt${needs}`),
    ...commands.map((command) => `  ${printable(command)}`),
    ...automatic.map(
      ({ feature, since: from, when }) =>
        `  ${feature}: by itself since ${from}${when === null ? "" : `, ${when}`}`,
    ),
    ...(without.length > 0 ? [`  no way to set: ${without.map(printable).join(", ")}`] : []),
  ];
}
