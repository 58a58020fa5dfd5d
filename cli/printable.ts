/** What stands behind a backslash of an escape. */
const ESCAPE = /^(x[\da-f]{2}|u\{)/;

/**
 * A name from the input as a terminal may show it: what could steer the terminal is escaped. A backslash stays one, unless
 * it would read as the beginning of an escape.
 */
export function printable(name: string): string {
  let text = "";
  let at = 0;
  for (const character of name) {
    at += character.length;
    const code = character.codePointAt(0) ?? 0;
    const rawByte = code >= 0xdc80 && code <= 0xdcff;
    if (rawByte || /\p{Cc}/u.test(character) || (character === "\\" && ESCAPE.test(name.slice(at, at + 3))))
      text += `\\x${(rawByte ? code - 0xdc00 : code).toString(16).padStart(2, "0")}`;
    else if (/[\p{Cf}\p{Zl}\p{Zp}]/u.test(character)) text += `\\u{${code.toString(16)}}`;
    else text += character;
  }
  return text;
}

/** Words of several lines, names within escaped already or not, without what could steer a terminal. */
export function harmless(words: string): string {
  return words.replace(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu, printable);
}
