/** What JSON.parse() does not tell of a text. */
export interface JsonRemarks {
  /** Brackets within each other. */
  readonly depth: number;
  /** Names that stand twice in one object, some of them. */
  readonly duplicates: readonly string[];
}

const MOST_DUPLICATES = 16;
const LONGEST_NAME = 200;

/** Looks over a JSON text before it is parsed, without recursion. Stops at the depth that is allowed. */
export function scanJson(text: string, deepest: number): JsonRemarks {
  const open: (Set<string> | undefined)[] = [];
  const duplicates: string[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x7b:
        open.push(new Set());
        break;
      case 0x5b:
        open.push(undefined);
        break;
      case 0x7d:
      case 0x5d:
        open.pop();
        break;
      case 0x22: {
        const end = endOfString(text, at);
        const names = open.at(-1);
        if (names && isName(text, end)) note(names, text.slice(at + 1, Math.min(end, at + 1 + LONGEST_NAME)));
        at = end;
      }
    }
    depth = Math.max(depth, open.length);
    if (depth > deepest) break;
  }
  return { depth, duplicates };

  function note(names: Set<string>, name: string): void {
    if (names.has(name) && duplicates.length < MOST_DUPLICATES) duplicates.push(name);
    names.add(name);
  }
}

/** Where the quotation mark stands that ends a string. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return text.length;
}

function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === 0x3a;
}
