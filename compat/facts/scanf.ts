import type { PrintfValue } from "./printf.ts";
import { type Hole, numberEnds, numberStart } from "./scan-number.ts";
import { NEWLINE, NO_GAP, type Squeezed, sliceOf, squeeze } from "./squeezed.ts";

/** A message in C's printf notation, ready to be looked for. */
export interface Scanner {
  readonly template: string;
  /** Literal, hole, literal, hole, ..., literal; the first and the last literal may be empty. */
  readonly literals: readonly string[];
  readonly holes: readonly Hole[];
  /** Which literal is the longest: the one to look for. */
  readonly anchor: number;
  /** Letters that are literal: the more, the more specific it is. */
  readonly weight: number;
}

/** Where a message stands in a squeezed text, and the holes' places in it. */
export interface Scanned {
  readonly start: number;
  readonly end: number;
  readonly holes: readonly (readonly [start: number, end: number])[];
}

const CONVERSION = /%(?<flags>[0#-]*)\d*(?:hh|h|ll|l|z|j)?(?<type>[diuxXscp%])/g;
const HOLES: Readonly<Record<string, Hole>> = {
  d: "decimal",
  i: "decimal",
  u: "decimal",
  x: "hexadecimal",
  X: "hexadecimal",
  s: "text",
  c: "letter",
  p: "pointer",
};
/** The longest text that a hole takes, and in how many places its end is looked for. */
const LONGEST = 2048;
const TRIES = 6;

/** Prepares a template. */
export function scanner(template: string): Scanner {
  const literals: string[] = [];
  const holes: Hole[] = [];
  let literal = "";
  let from = 0;
  for (const match of template.matchAll(CONVERSION)) {
    literal += template.slice(from, match.index);
    from = match.index + match[0].length;
    const { flags = "", type = "" } = match.groups ?? {};
    if (type === "%") literal += "%";
    else {
      literals.push(bare(literal));
      literal = "";
      holes.push(flags.includes("#") ? "prefixed" : (HOLES[type] ?? "text"));
    }
  }
  literals.push(bare(literal + template.slice(from)));
  const longest = Math.max(...literals.map(({ length }) => length));
  const anchor = literals.findIndex(({ length }) => length === longest);
  return { template, literals, holes, anchor, weight: literals.join("").length };
}

function bare(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Finds the message whose anchor stands at `at`. */
export function scanAround(scanned: Squeezed, scanner: Scanner, at: number): Scanned | undefined {
  const { literals, holes, anchor } = scanner;
  const anchorLiteral = literals[anchor] ?? "";
  const right = forward(scanned, scanner, anchor, at + anchorLiteral.length);
  const left = right && backward(scanned, scanner, anchor, at);
  if (!left || !right) return undefined;
  const found = { start: left.edge, end: right.edge, holes: [...left.holes, ...right.holes] };
  const first = literals[0] || holes[0] !== "text";
  const last = literals.at(-1) || holes.at(-1) !== "text";
  if (
    first &&
    isWord(scanned, found.start - 1) &&
    isWord(scanned, found.start) &&
    !hasGap(scanned, found.start)
  )
    return undefined;
  if (last && isWord(scanned, found.end - 1) && isWord(scanned, found.end) && !hasGap(scanned, found.end))
    return undefined;
  return found;
}

interface Half {
  readonly edge: number;
  readonly holes: readonly (readonly [number, number])[];
}

function forward(scanned: Squeezed, scanner: Scanner, literal: number, from: number): Half | undefined {
  const kind = scanner.holes[literal];
  if (kind === undefined) return { edge: from, holes: [] };
  const next = scanner.literals[literal + 1] ?? "";
  const isLast = literal + 1 === scanner.holes.length;
  if (kind !== "text") {
    for (const end of numberEnds(scanned, kind, from)) {
      if (!scanned.text.startsWith(next, end)) continue;
      const rest = forward(scanned, scanner, literal + 1, end + next.length);
      if (rest) return { edge: rest.edge, holes: [[from, end], ...rest.holes] };
    }
    return undefined;
  }
  if (isLast && next === "") {
    const end = lineEnd(scanned, from);
    return { edge: end, holes: [[from, end]] };
  }
  if (next === "") {
    const end = wordEnd(scanned, from);
    const rest = forward(scanned, scanner, literal + 1, end);
    return rest && { edge: rest.edge, holes: [[from, end], ...rest.holes] };
  }
  const near = scanned.text.slice(from, from + LONGEST);
  let found = near.indexOf(next);
  for (let i = 0; i < TRIES && found >= 0; i++, found = near.indexOf(next, found + 1)) {
    const end = from + found;
    const rest = forward(scanned, scanner, literal + 1, end + next.length);
    if (rest) return { edge: rest.edge, holes: [[from, end], ...rest.holes] };
  }
  return undefined;
}

function backward(scanned: Squeezed, scanner: Scanner, literal: number, to: number): Half | undefined {
  const kind = scanner.holes[literal - 1];
  if (literal === 0 || kind === undefined) return { edge: to, holes: [] };
  const before = scanner.literals[literal - 1] ?? "";
  const { text } = scanned;
  if (kind !== "text") {
    const start = numberStart(scanned, kind, to, before);
    if (start === undefined) return undefined;
    const rest = backward(scanned, scanner, literal - 1, start - before.length);
    return rest && { edge: rest.edge, holes: [...rest.holes, [start, to]] };
  }
  if (literal === 1 && before === "") {
    const start = wordStart(scanned, to);
    return { edge: start, holes: [[start, to]] };
  }
  if (before === "") {
    const start = wordStart(scanned, to);
    const rest = backward(scanned, scanner, literal - 1, start);
    return rest && { edge: rest.edge, holes: [...rest.holes, [start, to]] };
  }
  const base = Math.max(0, to - LONGEST);
  const near = text.slice(base, to);
  let found = near.lastIndexOf(before);
  for (let i = 0; i < TRIES && found >= 0; i++) {
    const start = base + found + before.length;
    const rest = start <= to ? backward(scanned, scanner, literal - 1, base + found) : undefined;
    if (rest) return { edge: rest.edge, holes: [...rest.holes, [start, to]] };
    if (found === 0) break;
    found = near.lastIndexOf(before, found - 1);
  }
  return undefined;
}

function lineEnd({ text, gap }: Squeezed, from: number): number {
  const most = Math.min(text.length, from + LONGEST);
  if (gap[from] === NEWLINE) return from;
  let end = Math.min(from + 1, most);
  while (end < most && gap[end] !== NEWLINE) end++;
  return end;
}

function wordEnd({ text, gap }: Squeezed, from: number): number {
  let end = Math.min(from + 1, text.length);
  while (end < text.length && end - from < LONGEST && gap[end] === NO_GAP) end++;
  return end;
}

function wordStart({ text, gap }: Squeezed, to: number): number {
  let start = to;
  while (
    start > 0 &&
    to - start < LONGEST &&
    (start === to || gap[start] === NO_GAP) &&
    text[start - 1] !== '"'
  )
    start--;
  return start;
}

function hasGap({ gap }: Squeezed, at: number): boolean {
  return gap[at] !== NO_GAP;
}

function isWord({ text }: Squeezed, at: number): boolean {
  return /[\dA-Za-z_]/.test(text[at] ?? "");
}

/** What stood for a conversion: numbers as numbers. */
export function valueRead(text: string, hole: Hole): PrintfValue {
  if (hole === "text" || hole === "letter" || hole === "pointer") return text;
  const digits = hole === "hexadecimal" ? `0x${text}` : text;
  if (!/^-?(?:0x[\da-f]+|\d+)$/i.test(digits)) return text;
  const value = digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The inverse of printf: the values that a template was filled with; undefined where the text is not one of its. */
export function scanf(template: string, text: string): readonly PrintfValue[] | undefined {
  const squeezed = squeeze(text);
  const prepared = scanner(template);
  const anchor = prepared.literals[prepared.anchor] ?? "";
  let from = squeezed.text.indexOf(anchor);
  for (let i = 0; i < TRIES && from >= 0; i++, from = squeezed.text.indexOf(anchor, from + 1)) {
    const found = scanAround(squeezed, prepared, from);
    if (found && found.start === 0 && found.end === squeezed.text.length)
      return found.holes.map(([start, end], i) =>
        valueRead(sliceOf(squeezed, start, end), prepared.holes[i] ?? "text"),
      );
  }
  return undefined;
}
