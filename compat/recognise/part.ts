import type { PrintfValue } from "../facts/printf.ts";
import { valueRead } from "../facts/scanf.ts";
import type { Squeezed } from "../facts/squeezed.ts";
import type { Errno } from "./errno.ts";
import { type Hit, holeText } from "./find.ts";
import { type Meaning, meaningOf, namesOf } from "./meanings/index.ts";
import { type Settled, wordsOf } from "./settle.ts";
import type { TextFact } from "./texts.ts";

/** What a conversion of a message stands for. */
export interface NamedValue {
  /** Null where it has no name. */
  readonly name: string | null;
  readonly value: PrintfValue;
}

/** One way to read a message. */
export interface Reading {
  readonly text: TextFact;
  readonly values: readonly NamedValue[];
  readonly meaning: Meaning | undefined;
  /** How many letters of the message are certain. */
  readonly weight: number;
}

/** One message of a line. */
export interface Part {
  readonly text: string;
  readonly errno: Errno | undefined;
  /** The likeliest first. */
  readonly readings: readonly [Reading, ...Reading[]];
}

/** Explains a message. `isChained`: others stand on the same line. */
export function partOf(squeezed: Squeezed, settled: Settled, isChained: boolean): Part {
  const fits = isChained ? "error" : "stderr";
  const readings = settled.hits.flatMap((hit) => {
    const inOrder = [...hit.known.facts].sort((a, b) => Number(b.to === fits) - Number(a.to === fits));
    return inOrder.map((text) => readingOf(squeezed, hit, text));
  });
  const [first, ...others] = readings;
  if (!first) throw new TypeError("a message without a fact");
  return { text: wordsOf(squeezed, settled), errno: settled.errno, readings: [first, ...others] };
}

function readingOf(squeezed: Squeezed, hit: Hit, text: TextFact): Reading {
  const { holes } = hit.known.scanner;
  const meaning = meaningOf(text.fact.id);
  const names = namesOf(text.fact.id, holes.length);
  const values = hit.holes.map((hole, i) => ({
    name: names?.[i] ?? null,
    value: valueRead(holeText(squeezed, hole), holes[i] ?? "text"),
  }));
  return { text, values, meaning, weight: hit.known.scanner.weight };
}
