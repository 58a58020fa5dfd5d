/** Names, or runs of numbers, in one list. */
const MOST = 12;

interface Numbered {
  readonly value: number;
  readonly text: string;
}

/** `main, multifd 0–7, 9`: what labels begin with is said once, and numbers that follow each other as a range. */
export function joinedLabels(labels: readonly string[]): string {
  const kinds = new Map<string, Numbered[]>();
  for (const label of labels) {
    const [, kind = label, text, digits] = /^([A-Za-z ]+) (#?(\d+))$/.exec(label) ?? [];
    const numbers = kinds.get(kind) ?? [];
    if (text !== undefined) numbers.push({ value: Number(digits), text });
    kinds.set(kind, numbers);
  }
  const parts = [...kinds].flatMap(([kind, numbers]) => {
    const [first, ...rest] = rangesOf(numbers);
    return first === undefined ? [kind] : [`${kind} ${first}`, ...rest];
  });
  const left = parts.length - MOST;
  return left > 0 ? `${parts.slice(0, MOST).join(", ")} and more` : parts.join(", ");
}

function rangesOf(numbers: readonly Numbered[]): readonly string[] {
  const runs: { first: Numbered; last: Numbered }[] = [];
  for (const number of numbers.toSorted((a, b) => a.value - b.value)) {
    const run = runs.at(-1);
    if (run && number.value === run.last.value + 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs.flatMap(({ first, last }) => {
    if (first === last) return [first.text];
    return last.value === first.value + 1 ? [first.text, last.text] : [`${first.text}–${last.text}`];
  });
}
