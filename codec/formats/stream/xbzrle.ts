/**
 * Applies XBZRLE differences to a page in place: pairs of ULEB128 run lengths, unchanged then changed, the changed bytes
 * following theirs. Returns whether the encoding is sound; a page it does not fit is left partly changed.
 * QEMU migration/xbzrle.c, xbzrle_decode_buffer(), 2.5 to 11.1.
 */
export function applyXbzrle(encoded: Uint8Array, page: Uint8Array): boolean {
  return walk(encoded, page.length, (from, length, to) =>
    page.set(encoded.subarray(from, from + length), to),
  );
}

/** Whether an encoding is sound for a page of `pageSize` bytes, without the page. */
export function isSoundXbzrle(encoded: Uint8Array, pageSize: number): boolean {
  return walk(encoded, pageSize, () => {});
}

function walk(
  encoded: Uint8Array,
  pageSize: number,
  copy: (from: number, length: number, to: number) => void,
): boolean {
  let at = 0;
  let to = 0;
  while (at < encoded.length) {
    const same = runLength(encoded, at);
    if (same < 0 || (at > 0 && same === 0)) return false;
    at += runSize(encoded, at);
    to += same;
    const changed = runLength(encoded, at);
    if (changed <= 0) return false;
    at += runSize(encoded, at);
    if (to + changed > pageSize || at + changed > encoded.length) return false;
    copy(at, changed, to);
    at += changed;
    to += changed;
  }
  return true;
}

function runSize(encoded: Uint8Array, at: number): number {
  return (encoded[at] ?? 0) < 0x80 ? 1 : 2;
}

/** A ULEB128 number of one or two bytes, as QEMU writes them; -1 if there is none. */
function runLength(encoded: Uint8Array, at: number): number {
  const low = encoded[at];
  if (low === undefined) return -1;
  if (low < 0x80) return low;
  const high = encoded[at + 1];
  if (high === undefined || high >= 0x80) return -1;
  return (low & 0x7f) | (high << 7);
}
