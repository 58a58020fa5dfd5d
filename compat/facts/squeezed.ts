/** A text without its whitespace, and where each letter of it was. Quoted e-mail loses its `>`. */
export interface Squeezed {
  readonly source: string;
  readonly text: string;
  /** Offsets in the source. */
  readonly at: Uint32Array;
  /** What stood before each letter: nothing, blanks, or the end of a line. */
  readonly gap: Uint8Array;
}

/** Ends a line of the squeezed text that is none of the source. */
export const SOFT_NEWLINE = "\u2028";
export const NO_GAP = 0;
export const BLANK = 1;
export const NEWLINE = 2;

/** Takes the whitespace out. */
export function squeeze(source: string): Squeezed {
  const at = new Uint32Array(source.length);
  const gap = new Uint8Array(source.length);
  let text = "";
  let length = 0;
  let before = NEWLINE;
  for (const { index, 0: word } of source.matchAll(/\S+|[\n\u2028]/g)) {
    if (word === "\n" || word === SOFT_NEWLINE) before = NEWLINE;
    else if (before !== NEWLINE || !/^>+$/.test(word)) {
      for (let i = 0; i < word.length; i++) at[length + i] = index + i;
      gap[length] = before;
      length += word.length;
      text += word;
      before = BLANK;
    }
  }
  return { source, text, at: at.subarray(0, length), gap: gap.subarray(0, length) };
}

/** The part of the source that a place in the squeezed text stands for, its blanks made one. */
export function sliceOf({ source, at }: Squeezed, start: number, end: number): string {
  if (end <= start) return "";
  const first = at[start] ?? 0;
  const slice = source.slice(first, (at[end - 1] ?? first) + 1);
  return slice.replace(/\n[ \t]*>[> \t]*/g, "\n").replace(/\s+/g, " ");
}
