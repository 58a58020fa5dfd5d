/** The text at `offset` up to the zero byte behind it, each byte a character. */
export function cString(bytes: Uint8Array, offset: number): string {
  const end = bytes.indexOf(0, offset);
  return String.fromCharCode(...bytes.subarray(offset, end < 0 ? bytes.length : end));
}
