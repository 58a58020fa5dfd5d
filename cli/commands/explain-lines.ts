import type { Bound } from "../../compat/index.ts";
import type { ExplainedText, PartDocument, ReadingDocument } from "../../compat/recognise/explain-text.ts";
import type { Paint } from "../output.ts";
import { printable } from "../printable.ts";
import { fold, plural } from "../text.ts";

const TITLE = 11;
/** Unknown lines that are shown. */
const MOST_UNKNOWN = 20;

/** What was recognised in a text, for people. */
export function textLines(
  { lines, unknown, unknownLines, isCut }: ExplainedText,
  release: string | undefined,
  paint: Paint,
): readonly string[] {
  const told = new Set<string>();
  const blocks = lines.map(({ text, line, count, releases, parts, rest, errno }) => [
    paint("bold", printable(text)),
    ...(lines.length + unknown.length > 1 || count > 1 ? [placeOf(line, count)] : []),
    ...titled("said by", releasesText(releases)),
    ...titled("errno", errno ? `${errno.name}: ${errno.meaning}` : null),
    ...parts.flatMap((part, i) =>
      partLines(part, i + 1 === parts.length, parts.length, told, release, paint),
    ),
    ...rest.flatMap((words) => titled("not known", words)),
  ]);
  const shown = unknown
    .slice(0, MOST_UNKNOWN)
    .map(({ text, line, count, near }) => [
      `${paint("yellow", "not known:")} ${printable(text)}`,
      ...(lines.length + unknown.length > 1 || count > 1 ? [placeOf(line, count)] : []),
      ...(near ? titled("near it is", `${near.template}  (migwire explain ${near.fact})`) : []),
    ]);
  const summary = unknown.length > MOST_UNKNOWN || isCut ? [[summaryOf(unknownLines, isCut)]] : [];
  return [...blocks, ...shown, ...summary].flatMap((block, i) => (i === 0 ? block : ["", ...block]));
}

function placeOf(line: number, count: number): string {
  return `  line ${line}${count > 1 ? `, ${count} times` : ""}`;
}

function summaryOf(unknownLines: number, isCut: boolean): string {
  const cut = isCut ? "; there are more different lines than are shown" : "";
  return `${plural(unknownLines, "line has", "lines have")} no message that is known${cut}`;
}

function releasesText(releases: Readonly<Record<string, readonly string[]>>): string | null {
  const told = Object.entries(releases).map(([product, runs]) => {
    const name = product === "qemu" ? "QEMU" : product;
    return runs.length === 0 ? `no one release of ${name}` : `${name} ${runs.join(", ")}`;
  });
  return told.length === 0 ? null : told.join("; ");
}

function partLines(
  { text, errno, readings }: PartDocument,
  isLast: boolean,
  parts: number,
  told: Set<string>,
  release: string | undefined,
  paint: Paint,
): readonly string[] {
  const [first, ...others] = readings;
  if (!first) return [];
  const key = first.meaning ?? first.fact;
  const isRepeated = told.has(key);
  told.add(key);
  const meanings = new Set([first.meaning]);
  const different = others.filter(({ meaning }) => !meanings.has(meaning) && meanings.add(meaning));
  return [
    ...(parts > 1 ? ["", `  ${paint("dim", "·")} ${printable(text)}`] : []),
    ...titled("fact", factText(readings, release)),
    ...titled("where", whereText(first)),
    ...titled("values", valuesText(first)),
    ...titled("means", isRepeated ? "as above" : (first.meaning ?? first.claim)),
    ...titled("errno", errno ? `${errno.name}: ${errno.meaning}` : null),
    ...different.flatMap((other) => titled("or", `${other.fact}: ${other.meaning ?? other.claim}`)),
    ...(isRepeated || !isLast ? [] : adviceLines(first)),
  ];
}

function adviceLines({ causes, remedies, related }: ReadingDocument): readonly string[] {
  return [
    ...causes.flatMap((cause) => titled("cause", cause)),
    ...remedies.flatMap((remedy) => titled("try", remedy)),
    ...titled("see", related.length > 0 ? `migwire explain ${related.join(", ")}` : null),
  ];
}

function factText(
  [first, ...others]: readonly ReadingDocument[],
  release: string | undefined,
): string | null {
  if (!first) return null;
  const isElsewhere = first.inRelease === false && release !== undefined;
  const more = others.filter(({ meaning }) => meaning === first.meaning).map(({ fact }) => fact);
  return `${[first.fact, ...more].join(", ")}${isElsewhere ? `; ${release} does not say it so` : ""}`;
}

function whereText({ side, stage, to }: ReadingDocument): string | null {
  if (side === null || stage === null) return null;
  const who = side === "either" ? "either side" : side === "libvirt" ? "libvirt" : `the ${side}`;
  const how = to === "stderr" ? ", on stderr" : "";
  return `${who}, at ${stage}${how}`;
}

function valuesText({ values }: ReadingDocument): string | null {
  if (values.length === 0) return null;
  return values
    .map(({ name, value, errno }) => {
      const number = errno && typeof value === "number" ? ` (${errno})` : "";
      return `${name ?? "value"} ${value === "" ? "(empty)" : value}${number}`;
    })
    .join("; ");
}

/** When something began, or ended. */
export function boundText(bound: Bound): string {
  return typeof bound === "string"
    ? bound
    : `some release after ${bound.after}, ${bound.atLatest} at the latest`;
}

/** Words under a title, folded to the width of the page; none where there are none. */
export function titled(title: string, words: string | null): readonly string[] {
  if (words === null) return [];
  const folded = fold(words.split(" "), " ", TITLE + 2);
  return folded.map((line, i) => `  ${(i === 0 ? title : "").padEnd(TITLE)}${line}`.trimEnd());
}
