/** A name as C reads it: up to its first NUL, each byte a character. */
export function terminated(name: Uint8Array): string {
  const end = name.indexOf(0);
  return String.fromCharCode(...(end < 0 ? name : name.subarray(0, end)));
}
