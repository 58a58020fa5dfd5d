/**
 * Lossless text. QEMU's identifiers are bytes: valid UTF-8 becomes ordinary text, every other byte becomes one lone
 * surrogate U+DC80..U+DCFF, so that `encodeText(decodeText(b))` is `b` for all bytes.
 */
export function decodeText(bytes: Uint8Array): string {
  let text = "";
  let at = 0;
  while (at < bytes.length) {
    const size = sequenceLength(bytes, at);
    if (size === 0) {
      text += String.fromCharCode(0xdc00 + byteAt(bytes, at));
      at += 1;
    } else {
      text += String.fromCodePoint(codePointAt(bytes, at, size));
      at += size;
    }
  }
  return text;
}

export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) out.push(code - 0xdc00);
    else if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else out.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return Uint8Array.from(out);
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function codePointAt(bytes: Uint8Array, at: number, size: number): number {
  const first = byteAt(bytes, at);
  let code = size === 1 ? first : first & (0x7f >> size);
  for (let i = 1; i < size; i++) code = (code << 6) | (byteAt(bytes, at + i) & 0x3f);
  return code;
}

/** Length of the valid UTF-8 sequence at `at`, 0 if there is none (overlong forms and surrogates are not valid). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = byteAt(bytes, at);
  if (first < 0x80) return 1;
  const size =
    first >= 0xc2 && first <= 0xdf ? 2 : (first & 0xf0) === 0xe0 ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (size === 0 || at + size > bytes.length) return 0;
  for (let i = 1; i < size; i++) if ((byteAt(bytes, at + i) & 0xc0) !== 0x80) return 0;
  const code = codePointAt(bytes, at, size);
  if (size === 3 && (code < 0x800 || (code >= 0xd800 && code <= 0xdfff))) return 0;
  if (size === 4 && (code < 0x10000 || code > 0x10ffff)) return 0;
  return size;
}
