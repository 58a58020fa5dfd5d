import { NEWLINE, type Squeezed, sliceOf } from "../facts/squeezed.ts";
import { type Errno, errnoAt } from "./errno.ts";
import type { Hit } from "./find.ts";

/** A message that stands in a text, with others that would read the same there. */
export interface Settled {
  /** The most specific first. */
  readonly hits: readonly Hit[];
  readonly start: number;
  readonly end: number;
  /** The errno at its end. */
  readonly errno: Errno | undefined;
}

/** Of messages that overlap, more are not weighed against each other. */
const CROWD = 64;

/** Keeps of overlapping messages the most specific, and ends those whose last word is free where the next begins. */
export function settle(squeezed: Squeezed, hits: readonly Hit[]): readonly Settled[] {
  const chosen: { hit: Hit; others: Hit[] }[] = [];
  const sorted = [...hits].sort((a, b) => a.start - b.start);
  for (let i = 0; i < sorted.length; ) {
    const cluster: Hit[] = [];
    let edge = Number.NEGATIVE_INFINITY;
    for (let next = sorted[i]; next && (cluster.length === 0 || next.start < edge); next = sorted[++i]) {
      cluster.push(next);
      edge = Math.max(edge, next.core);
      if (cluster.length === CROWD) {
        i++;
        break;
      }
    }
    chosen.push(...best(cluster));
  }
  chosen.sort((a, b) => a.hit.start - b.hit.start);
  return chosen.map(({ hit, others }, i) => ended(squeezed, [hit, ...others], chosen[i + 1]?.hit.start));
}

function best(cluster: readonly Hit[]): { hit: Hit; others: Hit[] }[] {
  const taken: { hit: Hit; others: Hit[] }[] = [];
  const order = [...cluster].sort(
    (a, b) => weightOf(b) - weightOf(a) || freedom(a) - freedom(b) || a.start - b.start,
  );
  for (const hit of order) {
    const over = taken.find((one) => hit.start < one.hit.core && one.hit.start < hit.core);
    if (!over) taken.push({ hit, others: [] });
    else if (over.hit.start === hit.start && endOf(over.hit) === endOf(hit) && over.hit.known !== hit.known)
      over.others.push(hit);
  }
  return taken;
}

const weightOf = ({ known }: Hit) => known.scanner.weight;
const freedom = ({ known }: Hit) => known.scanner.holes.filter((hole) => hole === "text").length;
const endOf = ({ core, end }: Hit) => Math.max(core, end);

function ended(squeezed: Squeezed, hits: readonly Hit[], next: number | undefined): Settled {
  const [first] = hits;
  if (!first) throw new TypeError("nothing to settle");
  const { start, core } = first;
  if (first.end === core && core === endOf(first) && !isOpen(first)) {
    const tail = tailErrno(squeezed, core);
    return { hits, start, end: tail?.end ?? core, errno: tail?.errno };
  }
  const found = errnoAt(squeezed.text, core);
  if (found && found.end <= (next ?? found.end))
    return { hits: hits.map((hit) => cut(hit, found.end)), start, end: found.end, errno: found.errno };
  const limit = Math.max(core, Math.min(first.end, next ?? first.end));
  let end = endsAtColon(first) ? limit : colonIn(squeezed, core, limit);
  while (end > core && /[:;,"]/.test(squeezed.text[end - 1] ?? "")) end--;
  return { hits: hits.map((hit) => cut(hit, end)), start, end, errno: undefined };
}

/** Whether its last word may be a message itself. */
function endsAtColon({ known: { scanner } }: Hit): boolean {
  return scanner.literals.at(-2)?.endsWith(":") === true;
}

/** Where a name ends that is followed by the next message of a chain. */
function colonIn({ text, gap }: Squeezed, from: number, limit: number): number {
  for (let at = text.indexOf(":", from); at >= 0 && at < limit; at = text.indexOf(":", at + 1))
    if ((gap[at + 1] ?? 0) !== 0) return at;
  return limit;
}

/** `: Input/output error` behind a message that has no place for it. */
function tailErrno(squeezed: Squeezed, core: number): { errno: Errno; end: number } | undefined {
  const { text, gap } = squeezed;
  const isColon = text[core - 1] === ":" || text[core] === ":";
  const at = text[core] === ":" ? core + 1 : core;
  return isColon && gap[core] !== NEWLINE ? errnoAt(text, at) : undefined;
}

function isOpen({ known }: Hit): boolean {
  return known.scanner.holes.at(-1) === "text" && known.scanner.literals.at(-1) === "";
}

function cut(hit: Hit, end: number): Hit {
  if (!isOpen(hit)) return hit;
  const last = hit.holes.at(-1);
  return last ? { ...hit, end, holes: [...hit.holes.slice(0, -1), [last[0], Math.max(last[0], end)]] } : hit;
}

/** The words of a hit, as they stand in the source. */
export function wordsOf(squeezed: Squeezed, { start, end }: Settled): string {
  return sliceOf(squeezed, start, end);
}
