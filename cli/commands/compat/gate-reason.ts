import type { FeatureAnswer, Reason } from "../../../compat/negotiate.ts";
import { printable } from "../../printable.ts";

/** What is done for a feature to show. */
const DONE: Readonly<Record<string, string>> = {
  postcopy: "then migrate-start-postcopy",
  "postcopy-recovery": "then migrate-start-postcopy, and recover once paused",
  "save-and-restore": "save, then restore",
};

/** What to set where, in a few words: `both: multifd, multifd-channels=4`. */
export function setText({ settings, transport, mode }: FeatureAnswer): readonly string[] {
  const own = (end: "source" | "destination") =>
    settings.filter((each) => each.end === end).flatMap((each) => namesIn(each.arguments));
  const [source, destination] = [own("source"), own("destination")];
  const both = source.filter((name) => destination.includes(name));
  const only = (names: readonly string[]) => names.filter((name) => !both.includes(name));
  const parts = [
    part("both", both),
    part("source", only(source)),
    part("destination", only(destination)),
    ...(transport === null ? [] : [`over ${transport}`]),
    ...(mode === null ? [] : [DONE[mode] ?? mode]),
  ].filter((text) => text !== "");
  return [parts.length === 0 ? "nothing to set" : parts.join("; ")];
}

function part(end: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `${end}: ${names.join(", ")}`;
}

function namesIn(given: Readonly<Record<string, unknown>>): readonly string[] {
  if (Array.isArray(given.capabilities))
    return given.capabilities.map((each: { readonly capability: string }) => each.capability);
  return Object.entries(given).map(([name, value]) => {
    const short = typeof value === "object" ? "…" : String(value);
    return printable(`${name}=${short}`);
  });
}

/** Warnings of what may be used all the same. */
export function remarkLines({ remarks }: FeatureAnswer, known: ReadonlySet<string>): readonly string[] {
  return remarks
    .filter(({ level, message }) => level === "warning" && !known.has(message))
    .map(({ message, rule }) => `warning: ${printable(message)} [${rule}]`);
}

/** Why not, and what would help, a line each. What plain migration suffers from as well is not said again. */
export function whyText(answer: FeatureAnswer, known: ReadonlySet<string>): readonly string[] {
  const { upgrade, outcome } = answer;
  const news = answer.reasons.filter(({ text }) => !known.has(text));
  const lines = reasonLines(news);
  const asPlain = news.length < answer.reasons.length ? ["as plain migration"] : [];
  const all = [...lines, ...asPlain];
  return [
    ...(all.length > 0
      ? all
      : [outcome === "unknown" ? "what becomes of it is not known" : `it ends as ${outcome}`]),
    ...(upgrade && !answer.reasons.some(({ text }) => text.startsWith("with QEMU"))
      ? [upgradeText(upgrade)]
      : []),
  ];
}

export function reasonLines(reasons: readonly Reason[]): readonly string[] {
  return reasons.flatMap(({ text, remedy, rule }) => [
    `${printable(text)}${rule === undefined ? "" : ` [${rule}]`}`,
    ...(remedy === null ? [] : [`  ${printable(remedy)}`]),
  ]);
}

export function upgradeText({ end, qemu }: NonNullable<FeatureAnswer["upgrade"]>): string {
  return `it would do with QEMU ${qemu} at ${end === "both" ? "both ends" : `the ${end}`}`;
}
