import type { Bound } from "../facts/fact.ts";
import type { Errno } from "./errno.ts";
import { errnoOfNumber, errnoOfText } from "./errno.ts";
import { nearestText } from "./nearest.ts";
import type { NamedValue, Part, Reading } from "./part.ts";
import type { Line, Recognised, UnknownLine } from "./recognise.ts";
import { isInside, releasesOf } from "./windows.ts";

/** A message's reading, as `migwire/explain@1` has it. */
export interface ReadingDocument {
  readonly fact: string;
  readonly claim: string;
  readonly template: string;
  readonly since: Bound;
  readonly until: Bound | null;
  /** Printed by itself, or part of an error. */
  readonly to: "stderr" | "error" | null;
  /** Whether the release that was asked for says it; null where none was. */
  readonly inRelease: boolean | null;
  readonly values: readonly {
    readonly name: string | null;
    readonly value: string | number;
    /** What the number is as an errno. */
    readonly errno: string | null;
  }[];
  readonly side: string | null;
  readonly stage: string | null;
  readonly meaning: string | null;
  readonly causes: readonly string[];
  readonly remedies: readonly string[];
  readonly related: readonly string[];
}

export interface PartDocument {
  readonly text: string;
  readonly errno: { readonly name: string; readonly text: string; readonly meaning: string } | null;
  readonly readings: readonly ReadingDocument[];
}

/** What is said of a text, as `migwire/explain@1` has it. */
export interface ExplainedText {
  readonly lines: readonly {
    readonly text: string;
    readonly line: number;
    readonly count: number;
    /** Runs of releases that may have said all of the line. */
    readonly releases: Readonly<Record<string, readonly string[]>>;
    readonly parts: readonly PartDocument[];
    readonly rest: readonly string[];
    /** Of a line that is an errno and nothing else. */
    readonly errno: PartDocument["errno"];
  }[];
  readonly unknown: readonly (Pick<UnknownLine, "text" | "line" | "count"> & {
    readonly near: { readonly fact: string; readonly template: string } | null;
  })[];
  readonly recognisedLines: number;
  readonly unknownLines: number;
  /** Different lines are left out. */
  readonly isCut: boolean;
}

/** A release of a product. */
export interface AskedRelease {
  readonly product: string;
  readonly version: string;
}

/** For unknown lines beyond these nothing near is looked for. */
const MOST_NEAR = 50;

/** Writes out what was recognised. */
export function explainText(recognised: Recognised, release?: AskedRelease): ExplainedText {
  const { lines, unknown, recognisedLines, unknownLines, isCut } = recognised;
  return {
    lines: lines.map((line) => lineDocument(line, release)),
    unknown: unknown.map(({ text, line, count }, i) => {
      const near = i < MOST_NEAR ? nearestText(text) : undefined;
      const fact = near?.facts.at(-1);
      return { text, line, count, near: fact ? { fact: fact.fact.id, template: fact.template } : null };
    }),
    recognisedLines,
    unknownLines,
    isCut,
  };
}

function lineDocument({ text, line, count, parts, rest, errno }: Line, release: AskedRelease | undefined) {
  const releases = releasesOf(parts) as Readonly<Record<string, readonly string[]>>;
  const told = errno ? { name: errno.name, text: errno.text, meaning: errno.meaning } : null;
  const documents = parts.map((part) => partDocument(part, release));
  return { text, line, count, releases, parts: documents, rest, errno: told };
}

function partDocument({ text, errno, readings }: Part, release: AskedRelease | undefined): PartDocument {
  const documents = readings.map((reading) => readingDocument(reading, release));
  const told = errno ?? readings[0].values.map(errnoOf).find((one) => one !== undefined);
  const own = told && readings[0].meaning?.errno?.[told.text];
  return {
    text,
    errno: told ? { name: told.name, text: told.text, meaning: own ?? told.meaning } : null,
    readings: release ? documents.toSorted((a, b) => Number(b.inRelease) - Number(a.inRelease)) : documents,
  };
}

function readingDocument(
  { text, values, meaning }: Reading,
  release: AskedRelease | undefined,
): ReadingDocument {
  const { fact, template, to } = text;
  return {
    fact: fact.id,
    claim: fact.claim,
    template,
    since: fact.since,
    until: fact.until ?? null,
    to,
    inRelease: release ? fact.id.startsWith(`${release.product}/`) && isInside(fact, release.version) : null,
    values: values.map((each) => ({
      name: each.name,
      value: typeof each.value === "bigint" ? String(each.value) : each.value,
      errno: errnoOf(each)?.name ?? null,
    })),
    side: meaning?.side ?? null,
    stage: meaning?.stage ?? null,
    meaning: meaning?.meaning ?? null,
    causes: meaning?.causes ?? [],
    remedies: meaning?.remedies ?? [],
    related: meaning?.related ?? [],
  };
}

/** Numbers that are an errno by their name, and words that are one. */
function errnoOf({ name, value }: NamedValue): Errno | undefined {
  if (typeof value === "string") return errnoOfText(value);
  return name === "ret" || name === "errno" ? errnoOfNumber(Number(value)) : undefined;
}
