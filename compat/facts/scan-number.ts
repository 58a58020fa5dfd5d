import { BLANK, NEWLINE, type Squeezed } from "./squeezed.ts";

/** What a conversion of printf leaves in a text. */
export type Hole = "decimal" | "hexadecimal" | "prefixed" | "pointer" | "letter" | "text";
type NumberHole = Exclude<Hole, "text">;

const LATER: Readonly<Record<NumberHole, RegExp>> = {
  decimal: /\d/,
  hexadecimal: /[\da-fA-F]/,
  prefixed: /[\da-fA-FxX]/,
  pointer: /[\da-zA-Z()]/,
  letter: /./s,
};
const FIRST: Readonly<Record<NumberHole, RegExp>> = { ...LATER, decimal: /[-\d]/ };
/** Digits of the largest number, sign and prefix. */
const DIGITS = 24;

/** Where a number may end: at the first gap, or, if a line was broken within it, behind that. */
export function numberEnds({ text, gap }: Squeezed, kind: NumberHole, from: number): readonly number[] {
  const most = from + (kind === "letter" ? 1 : DIGITS);
  const ends: number[] = [];
  let end = from;
  while (end < most && (end === from ? FIRST : LATER)[kind].test(text[end] ?? "")) {
    if (end > from && gap[end] === BLANK) break;
    if (end > from && gap[end] === NEWLINE) ends.push(end);
    end++;
  }
  return end === from ? ends : [...ends, end];
}

/** Where a number began that ends here, behind this literal. */
export function numberStart(
  scanned: Squeezed,
  kind: NumberHole,
  to: number,
  before: string,
): number | undefined {
  const most = kind === "letter" ? 1 : DIGITS;
  let start = to;
  while (to - start < most && start > 0 && FIRST[kind].test(scanned.text[start - 1] ?? "")) {
    start--;
    if (scanned.gap[start] === BLANK) break;
  }
  for (; start < to; start++) if (scanned.text.startsWith(before, start - before.length)) return start;
  return undefined;
}
