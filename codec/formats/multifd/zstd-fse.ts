import { InflateError } from "./packet-inflater.ts";

/** A decoding table of finite state entropy (RFC 8878, 4.1). */
export interface FseTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly next: Uint16Array;
}

/** Probabilities in units of `1 / 2^log`; -1 stands for less than one. */
export interface Distribution {
  readonly log: number;
  readonly counts: readonly number[];
  /** Offset behind the description. */
  readonly end: number;
}

const MOST_SYMBOLS = 256;

export function bitLength(value: number): number {
  return 32 - Math.clz32(value);
}

/** Up to 17 bits, of which the lowest is bit `at`. */
export function bitsAt(bytes: Uint8Array, at: number, count: number): number {
  const byte = at >>> 3;
  const word = (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16);
  return (word >>> (at & 7)) & ((1 << count) - 1);
}

/** Reads a table description. */
export function readDistribution(bytes: Uint8Array, at: number, mostLog: number): Distribution {
  const log = ((bytes[at] ?? 0) & 15) + 5;
  if (log > mostLog) throw new InflateError("a zstd table is too large");
  const counts: number[] = [];
  let left = 1 << log;
  let bit = at * 8 + 4;
  while (left > 0 && counts.length < MOST_SYMBOLS) {
    const short = bitLength(left + 1) - 1;
    const found = bitsAt(bytes, bit, short + 1);
    const spare = (1 << (short + 1)) - 1 - (left + 1);
    const low = found & ((1 << short) - 1);
    const value = low < spare ? low : found < 1 << short ? found : found - spare;
    bit += low < spare ? short : short + 1;
    counts.push(value - 1);
    left -= Math.abs(value - 1);
    for (let again = value === 1; again; bit += 2) {
      const zeros = bitsAt(bytes, bit, 2);
      for (let i = 0; i < zeros; i++) counts.push(0);
      again = zeros === 3 && counts.length < MOST_SYMBOLS;
    }
  }
  const end = (bit + 7) >>> 3;
  if (left !== 0 || counts.length > MOST_SYMBOLS || end > bytes.length)
    throw new InflateError("a zstd table is damaged");
  return { log, counts, end };
}

export function tableOf(counts: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const table = {
    log,
    symbols: new Uint8Array(size),
    bits: new Uint8Array(size),
    next: new Uint16Array(size),
  };
  const state = counts.map((count) => Math.abs(count));
  let high = size;
  counts.forEach((count, symbol) => {
    if (count < 0) table.symbols[--high] = symbol;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  counts.forEach((count, symbol) => {
    for (let i = 0; i < count; i++) {
      table.symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at >= high && high > 0);
    }
  });
  for (let i = 0; i < size; i++) {
    const symbol = table.symbols[i] ?? 0;
    const reached = state[symbol] ?? 0;
    state[symbol] = reached + 1;
    const bits = log - (bitLength(reached) - 1);
    table.bits[i] = bits;
    table.next[i] = (reached << bits) - size;
  }
  return table;
}

/** The table of a distribution where one symbol is all there is. */
export function tableOfOne(symbol: number): FseTable {
  return { log: 0, symbols: Uint8Array.of(symbol), bits: Uint8Array.of(0), next: Uint16Array.of(0) };
}
