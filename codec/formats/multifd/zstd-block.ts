import { InflateError } from "./packet-inflater.ts";
import {
  bitLength,
  bitsAt,
  type Distribution,
  type FseTable,
  readDistribution,
  tableOf,
  tableOfOne,
} from "./zstd-fse.ts";

/** Checks the body of one compressed block and says how many bytes it makes. Throws unless they are at most `most`. */
export type BlockGuard = (body: Uint8Array, most: number) => number;

const TOO_MUCH = "a zstd block makes more than is allowed";
const DAMAGED = "a zstd block is damaged";

const fill = (count: number, value: number) => new Array<number>(count).fill(value);

// Codes of lengths: base value and extra bits (RFC 8878, 3.1.1.3.2.1.1), then the default distributions (3.1.1.3.2.2).
const LITERAL_BITS = [...fill(16, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const MATCH_BITS = [...fill(32, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const LITERAL_BASE = basesOf(LITERAL_BITS, 0);
const MATCH_BASE = basesOf(MATCH_BITS, 3);
const MOST_OFFSET_CODE = 31;

interface Kind {
  readonly mostLog: number;
  readonly mostSymbol: number;
  readonly standard: FseTable;
}

const LITERALS: Kind = {
  mostLog: 9,
  mostSymbol: 35,
  standard: tableOf([4, 3, ...fill(11, 2), 1, 1, 1, ...fill(9, 2), 3, 2, ...fill(5, 1), ...fill(4, -1)], 6),
};
const OFFSETS: Kind = {
  mostLog: 8,
  mostSymbol: MOST_OFFSET_CODE,
  standard: tableOf([...fill(6, 1), 2, 2, 2, ...fill(15, 1), ...fill(5, -1)], 5),
};
const MATCHES: Kind = {
  mostLog: 9,
  mostSymbol: 52,
  standard: tableOf([1, 4, 3, ...fill(6, 2), ...fill(37, 1), ...fill(7, -1)], 6),
};
const KINDS = [LITERALS, OFFSETS, MATCHES] as const;

/**
 * The inflating library trusts the lengths in a block and can be kept busy for hours by a few bytes of them. This looks
 * them up before it does. Tables may be repeated in the next block, so there is one guard for each stream.
 */
export function createBlockGuard(): BlockGuard {
  const tables: (FseTable | undefined)[] = [undefined, undefined, undefined];
  return (body, most) => {
    const literals = readLiterals(body);
    if (literals.size > most) throw new InflateError(TOO_MUCH);
    let at = literals.end;
    const first = body[at++] ?? 0;
    if (first === 0) return literals.size;
    let count = first;
    if (first === 255) {
      count = bitsAt(body, at * 8, 16) + 0x7f00;
      at += 2;
    } else if (first > 127) count = ((first - 128) << 8) + (body[at++] ?? 0);
    const modes = body[at++] ?? 0;
    KINDS.forEach((kind, i) => {
      const mode = (modes >> (6 - 2 * i)) & 3;
      if (mode === 0) tables[i] = kind.standard;
      else if (mode === 1) {
        const symbol = body[at++] ?? 0;
        if (symbol > kind.mostSymbol) throw new InflateError(DAMAGED);
        tables[i] = tableOfOne(symbol);
      } else if (mode === 2) {
        const found = readDistribution(body, at, kind.mostLog);
        if (found.counts.length > kind.mostSymbol + 1) throw new InflateError(DAMAGED);
        tables[i] = tableOf(found.counts, found.log);
        at = found.end;
      }
    });
    const [literal, offset, match] = tables;
    if (!literal || !offset || !match || at >= body.length) throw new InflateError(DAMAGED);
    return walk(body, at, { count, literals: literals.size, most, literal, offset, match });
  };
}

function basesOf(bits: readonly number[], first: number): readonly number[] {
  let base = first;
  return bits.map((extra) => {
    const here = base;
    base += 2 ** extra;
    return here;
  });
}

/** Bytes of literals that the block makes, and where their section ends. */
function readLiterals(body: Uint8Array): { readonly size: number; readonly end: number } {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = body;
  const form = (first >> 2) & 3;
  const word = first + second * 2 ** 8 + third * 2 ** 16 + fourth * 2 ** 24 + fifth * 2 ** 32;
  let found: { size: number; end: number };
  if ((first & 3) < 2) {
    const header = form % 2 === 0 ? 1 : form === 1 ? 2 : 3;
    const size = form % 2 === 0 ? first >> 3 : Math.floor((word % 2 ** (8 * header)) / 16);
    found = { size, end: header + ((first & 3) === 0 ? size : 1) };
  } else {
    const header = Math.max(3, form + 2);
    const bits = [10, 10, 14, 18][form] ?? 0;
    const size = Math.floor(word / 16) % 2 ** bits;
    const length = Math.floor(word / 2 ** (4 + bits)) % 2 ** bits;
    found = { size, end: header + length };
    if ((first & 3) === 2 && (body[header] ?? 0) < 128) checkWeights(readDistribution(body, header + 1, 6));
  }
  if (found.end >= body.length) throw new InflateError(DAMAGED);
  return found;
}

/** Weights all of one kind take no bits, so that their number is not known. */
function checkWeights({ log, counts }: Distribution): void {
  if (counts.includes(1 << log)) throw new InflateError(DAMAGED);
}

interface Sequences {
  readonly count: number;
  readonly literals: number;
  readonly most: number;
  readonly literal: FseTable;
  readonly offset: FseTable;
  readonly match: FseTable;
}

/** Adds up what the sequences make. Their bits are read from the end of the block backwards. */
function walk(body: Uint8Array, start: number, sequences: Sequences): number {
  const { count, literals, most, literal, offset, match } = sequences;
  const last = body[body.length - 1] ?? 0;
  if (last === 0) throw new InflateError(DAMAGED);
  const first = start * 8;
  let bit = (body.length - 1) * 8 + bitLength(last) - 1;
  let used = 0;
  let made = literals;
  bit -= literal.log;
  let literalState = bitsAt(body, Math.max(0, bit), literal.log);
  bit -= offset.log;
  let offsetState = bitsAt(body, Math.max(0, bit), offset.log);
  bit -= match.log;
  let matchState = bitsAt(body, Math.max(0, bit), match.log);
  for (let i = 0; i < count; i++) {
    const literalCode = literal.symbols[literalState] ?? 0;
    const matchCode = match.symbols[matchState] ?? 0;
    bit -= offset.symbols[offsetState] ?? 0;
    const matchBits = MATCH_BITS[matchCode] ?? 0;
    const literalBits = LITERAL_BITS[literalCode] ?? 0;
    bit -= matchBits;
    if (bit < first) throw new InflateError(DAMAGED);
    made += (MATCH_BASE[matchCode] ?? 0) + bitsAt(body, bit, matchBits);
    bit -= literalBits;
    if (bit < first) throw new InflateError(DAMAGED);
    used += (LITERAL_BASE[literalCode] ?? 0) + bitsAt(body, bit, literalBits);
    if (made > most || used > literals) throw new InflateError(TOO_MUCH);
    if (i === count - 1) break;
    const literalStep = literal.bits[literalState] ?? 0;
    const matchStep = match.bits[matchState] ?? 0;
    const offsetStep = offset.bits[offsetState] ?? 0;
    bit -= literalStep;
    literalState = (literal.next[literalState] ?? 0) + bitsAt(body, Math.max(0, bit), literalStep);
    bit -= matchStep;
    matchState = (match.next[matchState] ?? 0) + bitsAt(body, Math.max(0, bit), matchStep);
    bit -= offsetStep;
    offsetState = (offset.next[offsetState] ?? 0) + bitsAt(body, Math.max(0, bit), offsetStep);
    if (bit < first) throw new InflateError(DAMAGED);
  }
  return made;
}
