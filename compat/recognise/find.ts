import { scanAround } from "../facts/scanf.ts";
import { NEWLINE, NO_GAP, type Squeezed, sliceOf } from "../facts/squeezed.ts";
import { KNOWN_TEXTS, type KnownText } from "./texts.ts";

/** A known message in a squeezed text. */
export interface Hit {
  readonly known: KnownText;
  readonly start: number;
  /** Behind the last letter that certainly belongs to it. */
  readonly core: number;
  /** Behind the last letter that may. */
  readonly end: number;
  readonly holes: readonly (readonly [start: number, end: number])[];
}

/** Letters by which messages are found. */
const WINDOW = 6;
const BITS = 0xffff;
const OLDEST = power(WINDOW);

interface Anchor {
  readonly known: KnownText;
  readonly literal: string;
  /** Where in the literal the window begins. */
  readonly inside: number;
}

const ANCHORS = anchorsByWindow(KNOWN_TEXTS);
const HASHES = hashesOf(ANCHORS.keys());

/** Every place of a squeezed text at which a known message stands, in no order. Takes time in proportion to its length. */
export function findTexts(squeezed: Squeezed): readonly Hit[] {
  const { text } = squeezed;
  const hits: Hit[] = [];
  let hash = 0;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash, 33) + text.charCodeAt(i);
    if (i >= WINDOW) hash -= Math.imul(text.charCodeAt(i - WINDOW), OLDEST);
    if (i + 1 < WINDOW || HASHES[hash & BITS] !== 1) continue;
    const from = i + 1 - WINDOW;
    for (const anchor of ANCHORS.get(text.slice(from, i + 1)) ?? []) {
      const at = from - anchor.inside;
      if (at >= 0 && text.startsWith(anchor.literal, at)) collect(squeezed, anchor.known, at, hits);
    }
  }
  return hits;
}

function collect(squeezed: Squeezed, known: KnownText, at: number, hits: Hit[]): void {
  const found = scanAround(squeezed, known.scanner, at);
  if (!found) return;
  const { start, end, holes } = found;
  const open = known.scanner.holes.at(-1) === "text" && known.scanner.literals.at(-1) === "";
  const core = open ? (holes.at(-1)?.[0] ?? end) : end;
  hits.push({ known, start, core, end, holes });
}

/** The text of a hit's hole. A line that was broken within a word is joined. */
export function holeText(squeezed: Squeezed, [start, end]: readonly [number, number]): string {
  const { text, gap } = squeezed;
  let hasBlank = false;
  let isBroken = false;
  for (let i = start + 1; i < end; i++) {
    if (gap[i] === NEWLINE) isBroken = true;
    else if (gap[i] !== NO_GAP) hasBlank = true;
  }
  if (isBroken && !hasBlank) return text.slice(start, end);
  return sliceOf(squeezed, start, end);
}

function hashesOf(windows: Iterable<string>): Uint8Array {
  const hashes = new Uint8Array(BITS + 1);
  for (const window of windows) {
    let hash = 0;
    for (let i = 0; i < WINDOW; i++) hash = Math.imul(hash, 33) + window.charCodeAt(i);
    hashes[hash & BITS] = 1;
  }
  return hashes;
}

function power(exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product = Math.imul(product, 33);
  return product;
}

/** Each message under that part of its longest literal which it shares with the fewest others. */
function anchorsByWindow(texts: readonly KnownText[]): ReadonlyMap<string, readonly Anchor[]> {
  const shared = new Map<string, number>();
  for (const { scanner } of texts)
    for (const window of windowsOf(scanner.literals[scanner.anchor] ?? ""))
      shared.set(window, (shared.get(window) ?? 0) + 1);
  const anchors = new Map<string, Anchor[]>();
  for (const known of texts) {
    const literal = known.scanner.literals[known.scanner.anchor] ?? "";
    const rarest = windowsOf(literal).reduce<string | undefined>(
      (best, window) =>
        best === undefined || (shared.get(window) ?? 0) < (shared.get(best) ?? 0) ? window : best,
      undefined,
    );
    if (rarest === undefined) continue;
    const anchor = { known, literal, inside: literal.indexOf(rarest) };
    anchors.set(rarest, [...(anchors.get(rarest) ?? []), anchor]);
  }
  return anchors;
}

function windowsOf(literal: string): readonly string[] {
  return Array.from({ length: Math.max(0, literal.length - WINDOW + 1) }, (_, i) =>
    literal.slice(i, i + WINDOW),
  );
}
