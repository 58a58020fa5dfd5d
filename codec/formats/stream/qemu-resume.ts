import { encodeText, type Steps } from "../../layout/index.ts";
import { isNewHeader } from "./qemu-boundary.ts";
import { SECTION_END, SECTION_FOOTER, SECTION_FULL, SECTION_PART, SECTION_START } from "./qemu-file.ts";
import { find, type Reader, skipRaw } from "./qemu-reader.ts";
import { forgetBeginning, isUnseenRamPart } from "./qemu-unseen.ts";
import { type Supposed, walk } from "./qemu-walk.ts";

/** Bytes looked at beyond a candidate before it is believed, when they are all it takes. */
const LOOK_AHEAD = 64 << 10;
/** Bytes all walks of one stream may cover; a hostile stream of nothing but candidates ends there. */
const WALK_BUDGET = 256 << 20;

/** Names of RAM blocks tried after a damaged record. */
const MOST_NAMES = 16;

interface Candidate {
  readonly supposed: Supposed;
  readonly at: number;
  readonly tight: number;
  readonly certain: boolean;
  readonly open: boolean;
}

/**
 * After damage, moves on to the next place that is certain: a RAM record, a footer of a known section or the header of
 * a new one from which the stream makes sense for more than three pages or to its end. In RAM the better of two such
 * places is the one after which more is seen before anything has to be searched for. Failing that within reach of one
 * page, the first place from which it makes sense as far as can be seen. Returns what stands there, or undefined when
 * the input ends first.
 */
export function* resume(reader: Reader, records: boolean): Steps<Supposed | undefined> {
  const { cursor, ram } = reader;
  const start = cursor.offset;
  const stretch = ram.pageSize + 300;
  const enough = 3 * ram.pageSize + 300;
  for (;;) {
    const have = yield* cursor.upTo(stretch + LOOK_AHEAD);
    if (have === 0) {
      if (cursor.lost === 0 || cursor.offset >= cursor.limit) return undefined;
      reader.missed += cursor.cross();
      if (!ram.reading) forgetBeginning(reader);
      continue;
    }
    const end = cursor.at + have;
    const search = {
      first: cursor.offset === start,
      records,
      stretch: Math.min(stretch, have),
      end,
      enough,
      atEnd: have < stretch + LOOK_AHEAD,
    };
    const found = choose(reader, search);
    yield* skipRaw(reader, found ? found.at - cursor.at : Math.min(stretch, have), "damaged");
    if (!found) continue;
    const lost = cursor.offset - start;
    if (lost > 0) find(reader, "STREAM_RESUMED", "note", cursor.offset, { lost });
    return found.supposed;
  }
}

interface Search {
  /** The bytes at hand begin right behind the damage. */
  readonly first: boolean;
  readonly records: boolean;
  readonly stretch: number;
  readonly end: number;
  readonly enough: number;
  /** The bytes at hand end with the input. */
  readonly atEnd: boolean;
}

function choose(reader: Reader, search: Search): Candidate | undefined {
  const { cursor } = reader;
  const { records, stretch, enough } = search;
  for (const ahead of search.first ? placesExpected(reader) : []) {
    if (ahead >= stretch) continue;
    const tried = judge(reader, search, cursor.at + ahead);
    if (tried && (tried.tight >= enough || (tried.certain && tried.supposed === "record"))) return tried;
  }
  let best: Candidate | undefined;
  let likely: Candidate | undefined;
  for (let at = cursor.at; at < cursor.at + stretch; at++) {
    if (isAmongZeros(cursor.view, at, search.end)) {
      at += ZERO_STEP;
      continue;
    }
    const tried = judge(reader, search, at);
    if (!tried) continue;
    if (tried.tight >= enough) return tried;
    if (tried.certain && (!best || (records && tried.tight > best.tight))) best = tried;
    if (tried.open && cursor.bytes[at] === SECTION_FOOTER) likely ??= tried;
  }
  return best ?? likely;
}

/** Places behind the first of twelve zeros that have nothing but zeros in the words of a record. */
const ZERO_STEP = 4;

/** A hole may be long: whether nothing can stand at `at`, nor at the few places behind it. */
function isAmongZeros(view: DataView, at: number, end: number): boolean {
  return (
    end - at >= 12 && view.getUint32(at) === 0 && view.getUint32(at + 4) === 0 && view.getUint32(at + 8) === 0
  );
}

/**
 * Where the stream goes on if only the word of one RAM record is damaged, counted from behind the word. Guest memory has
 * no say there, while what is between may hold anything, such as a copy of a migration stream.
 */
function placesExpected({ ram }: Reader): number[] {
  const names = ram.blocks.slice(0, MOST_NAMES).map(({ idstr }) => 1 + encodeText(idstr).length);
  return [0, ...[0, ...names].flatMap((name) => [name + ram.pageSize, name + 1])];
}

function judge(reader: Reader, search: Search, at: number): Candidate | undefined {
  const { records, end, enough, atEnd } = search;
  const supposed = suppose(reader, records, at, end);
  if (!supposed || reader.walked > WALK_BUDGET) return undefined;
  const { length, tight, open } = walk(reader, supposed, at, end, enough);
  reader.walked += Math.min(length, end - at) + 64;
  const certain = length >= enough || (open && atEnd && at + length >= end);
  return { supposed, at, tight, certain, open };
}

/** What could begin at `at`, judged by a glance. */
function suppose(reader: Reader, records: boolean, at: number, end: number): Supposed | undefined {
  const { cursor, ram, known } = reader;
  const { view } = cursor;
  const first = view.getUint8(at);
  if (first === SECTION_FOOTER || first === SECTION_PART || first === SECTION_END) {
    if (end - at >= 5 && known.has(view.getUint32(at + 1))) return "boundary";
    return first !== SECTION_FOOTER && isUnseenRamPart(reader, at, end) ? "boundary" : undefined;
  }
  if (first === SECTION_FULL || first === SECTION_START)
    return isNewHeader(known, view, at, end - at) ? "boundary" : undefined;
  if (!records || first !== 0 || end - at < 9) return undefined;
  const high = view.getUint32(at) * 0x100000000;
  return high < ram.totalBytes && (view.getUint32(at + 4) & (ram.pageSize - 1)) !== 0 ? "record" : undefined;
}
