import { NEWLINE, SOFT_NEWLINE, type Squeezed, sliceOf, squeeze } from "../facts/squeezed.ts";
import { type Errno, errnoAt, errnoOfText } from "./errno.ts";
import { findTexts } from "./find.ts";
import { type Part, partOf } from "./part.ts";
import { isFrame, isNoise, withJsonTold, withoutPrefix, withoutTimes } from "./prefix.ts";
import { type Settled, settle } from "./settle.ts";

/** A line that has messages, without what only says who speaks. */
export interface Line {
  readonly text: string;
  /** The number of the first such line. */
  readonly line: number;
  count: number;
  readonly parts: readonly Part[];
  /** Words on it that no message explains. */
  readonly rest: readonly string[];
  /** What the line is where it is an errno and nothing else. */
  readonly errno?: Errno;
}

/** A line that has none. */
export interface UnknownLine {
  readonly text: string;
  readonly line: number;
  count: number;
}

/** What is in a text. */
export interface Recognised {
  readonly lines: readonly Line[];
  readonly unknown: readonly UnknownLine[];
  /** Lines with messages, and with words that are none, counted each time. */
  readonly recognisedLines: number;
  readonly unknownLines: number;
  /** More different ones were read than are listed. */
  readonly isCut: boolean;
}

export interface Recogniser {
  /** Takes a piece of text, cut anywhere. */
  push(text: string): void;
  finish(): Recognised;
}

/** Text that is looked at in one go; messages that are wrapped across two such pieces are not found. */
const PIECE = 1 << 18;
const MOST_LINES = 500;
const MOST_UNKNOWN = 100;
const MOST_PARTS = 32;
const LONGEST_SHOWN = 1000;
const LONGEST_KEY = 4000;

/** Finds messages of QEMU and libvirt in any amount of text. Each different line is kept once, up to a bound. */
export function createRecogniser(): Recogniser {
  const lines = new Map<string, Line>();
  const unknown = new Map<string, UnknownLine>();
  const totals = { recognisedLines: 0, unknownLines: 0, isCut: false };
  let left = "";
  let number = 1;

  function countLine(text: string, make: () => Line): void {
    totals.recognisedLines++;
    const known = lines.get(text);
    if (known) known.count++;
    else if (lines.size < MOST_LINES) lines.set(text, make());
    else totals.isCut = true;
  }

  function countUnknown(text: string, line: number): void {
    totals.unknownLines++;
    const known = unknown.get(text);
    if (known) known.count++;
    else if (unknown.size < MOST_UNKNOWN) unknown.set(text, { text, line, count: 1 });
    else totals.isCut = true;
  }

  function takeRow(squeezed: Squeezed, row: Row, line: number): void {
    const [first] = row.settled;
    if (first) {
      const end = Math.min(row.end, first.start + LONGEST_KEY);
      const key = withoutTimes(sliceOf(squeezed, first.start, end));
      countLine(key, () => lineOf(squeezed, row, key, line));
      return;
    }
    const raw = sliceOf(squeezed, row.start, Math.min(row.end, row.start + LONGEST_SHOWN));
    const said = isNoise(raw) || isFrame(raw) ? "" : withoutPrefix(raw);
    if (isNoise(said) || isFrame(said)) return;
    const errno = errnoOfText(said);
    if (errno) countLine(said, () => ({ text: said, line, count: 1, parts: [], rest: [], errno }));
    else countUnknown(said, line);
  }

  function take(piece: string): void {
    const squeezed = squeeze(withJsonTold(piece, SOFT_NEWLINE));
    for (const row of rowsOf(squeezed)) takeRow(squeezed, row, number + row.line);
    number += newlines(piece);
  }

  return {
    push(text) {
      left += text;
      while (left.length >= PIECE) {
        const end = left.lastIndexOf("\n", PIECE - 1) + 1 || PIECE;
        take(left.slice(0, end));
        left = left.slice(end);
      }
    },
    finish() {
      take(left);
      left = "";
      return { lines: [...lines.values()], unknown: [...unknown.values()], ...totals };
    },
  };
}

/** Finds messages of QEMU and libvirt in a text. */
export function recognise(text: string): Recognised {
  const recogniser = createRecogniser();
  recogniser.push(text);
  return recogniser.finish();
}

/** A line, or several that one message runs through. */
interface Row {
  readonly start: number;
  readonly end: number;
  /** Lines of the source before it. */
  readonly line: number;
  readonly settled: readonly Settled[];
}

function* rowsOf(squeezed: Squeezed): Generator<Row> {
  const { text, gap } = squeezed;
  const settled = settle(squeezed, findTexts(squeezed));
  let next = 0;
  let line = 0;
  let counted = 0;
  for (let start = 0; start < text.length; ) {
    const mine: Settled[] = [];
    let end = start + 1;
    for (; end < text.length; end++) {
      const one = settled[next];
      if (one && one.start < end) {
        mine.push(one);
        next++;
        end = Math.max(end, one.end) - 1;
      } else if (gap[end] === NEWLINE) break;
    }
    for (let one = settled[next]; one && one.start < end; one = settled[++next]) mine.push(one);
    const from = squeezed.at[start] ?? 0;
    line += newlines(squeezed.source.slice(counted, from));
    counted = from;
    yield { start, end, line, settled: mine };
    start = end;
  }
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function lineOf(squeezed: Squeezed, row: Row, key: string, line: number): Line {
  const settled = row.settled.slice(0, MOST_PARTS);
  const before = withoutPrefix(sliceOf(squeezed, row.start, settled[0]?.start ?? row.start));
  const between = settled.map(({ end }, i) => gapWords(squeezed, end, settled[i + 1]?.start ?? row.end));
  const rest = [before, ...between].filter((words) => /[A-Za-z]{2}/.test(words));
  const parts = settled.map((one, i) => partOf(squeezed, one, i > 0 || settled.length > 1));
  return { text: key.slice(0, LONGEST_SHOWN), line, count: 1, parts, rest };
}

function gapWords(squeezed: Squeezed, start: number, end: number): string {
  const words = withoutPrefix(sliceOf(squeezed, start, Math.min(end, start + LONGEST_SHOWN)));
  const bare = words.replaceAll(" ", "");
  return errnoAt(bare, 0)?.end === bare.length ? "" : words;
}
