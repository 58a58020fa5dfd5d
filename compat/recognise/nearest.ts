import type { KnownText } from "./texts.ts";
import { KNOWN_TEXTS } from "./texts.ts";

const LONGEST = 600;
/** Shares of words in common from which on a text is near, and of those of a text that is only a part. */
const NEAR = 0.65;
const PART = 0.9;
const FEWEST = 3;

let prepared: readonly (readonly [KnownText, ReadonlySet<string>])[] | undefined;

/** The known message that has most words in common with a text, if that is nearly all of them. */
export function nearestText(text: string): KnownText | undefined {
  prepared ??= KNOWN_TEXTS.map((known) => [
    known,
    wordsOf(known.scanner.template.replace(/%[#\d-]*[a-z]+/g, " ")),
  ]);
  const own = wordsOf(text.slice(0, LONGEST));
  let best: KnownText | undefined;
  let most = 0;
  for (const [known, words] of prepared) {
    let shared = 0;
    for (const word of own) if (words.has(word)) shared++;
    if (shared < FEWEST) continue;
    const alike = (2 * shared) / (own.size + words.size);
    const score = shared >= PART * own.size ? Math.max(alike, NEAR) : alike;
    if (score >= NEAR && score + alike > most) {
      most = score + alike;
      best = known;
    }
  }
  return best;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[a-z][a-z_-]+/g) ?? []);
}
