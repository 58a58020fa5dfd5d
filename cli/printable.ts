/** A name from the input as a terminal may show it: what could steer the terminal is escaped. */
export function printable(name: string): string {
  let text = "";
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    const rawByte = code >= 0xdc80 && code <= 0xdcff;
    if (rawByte || /[\p{Cc}\\]/u.test(character))
      text += `\\x${(rawByte ? code - 0xdc00 : code).toString(16).padStart(2, "0")}`;
    else if (/[\p{Cf}\p{Zl}\p{Zp}]/u.test(character)) text += `\\u{${code.toString(16)}}`;
    else text += character;
  }
  return text;
}
