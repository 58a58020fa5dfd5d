import { DANGEROUS, type Outcome, type Verdict } from "../../compat/check/verdict.ts";
import type { Paint } from "../output.ts";

/** One letter for each outcome. */
const GLYPHS: Readonly<Record<Outcome, string>> = {
  completes: "·",
  "cannot-start": "m",
  refused: "r",
  fails: "f",
  "guest-lost": "L",
  "guest-stuck": "S",
  corrupts: "C",
  "loses-bitmaps": "B",
  pauses: "p",
  hangs: "h",
  "source-crashes": "X",
  unknown: "?",
};

/** What a cell shows of a verdict. */
type Ends = Pick<Verdict, "outcome" | "alternatives">;

/** How bad a cell is: a race that may look like success and be none counts as that. */
export function gravity({ outcome, alternatives }: Ends): Gravity {
  if (DANGEROUS.has(outcome) || alternatives.some((each) => DANGEROUS.has(each))) return "danger";
  if (outcome === "unknown") return "unknown";
  if (outcome !== "completes") return "no";
  return alternatives.length === 0 ? "yes" : "race";
}

export type Gravity = "yes" | "race" | "no" | "danger" | "unknown";

const STYLE = { yes: "green", race: "yellow", no: "red", danger: "red", unknown: "dim" } as const;

/** A race that may look like success and be none. */
const TREACHEROUS = "!";

export function glyph(ends: Ends, paint: Paint): string {
  const level = gravity(ends);
  const painted = paint(STYLE[level], letterOf(ends));
  return level === "danger" ? paint("bold", painted) : painted;
}

/** What the letters mean, of those that were used. */
export function legend(all: Iterable<Ends>): string {
  const meanings = new Map([...all].map((ends) => [letterOf(ends), meaningOf(ends)]));
  return [...meanings].map(([letter, meaning]) => `${letter} ${meaning}`).join("  ");
}

function letterOf(ends: Ends): string {
  return isTreacherous(ends) ? TREACHEROUS : GLYPHS[ends.outcome];
}

function meaningOf(ends: Ends): string {
  return isTreacherous(ends) ? "may look like success and be none" : ends.outcome;
}

function isTreacherous(ends: Ends): boolean {
  return gravity(ends) === "danger" && !DANGEROUS.has(ends.outcome);
}
