/**
 * Compares a decoded device with what QEMU's scripts/analyze-migration.py prints of it: integers as `0x…`, with ` (-n)`
 * behind negative ones; bytes as spaced hex; null pointers as a word; the rest as JSON.
 */
export function agrees(ours: unknown, theirs: unknown): string | null {
  return differs(ours, theirs, "$");
}

/** Values in a tree that are not trees themselves. */
export function countLeaves(tree: unknown): number {
  if (typeof tree !== "object" || tree === null) return 1;
  return Object.values(tree).reduce((sum: number, value) => sum + countLeaves(value), 0);
}

function differs(ours: unknown, theirs: unknown, path: string): string | null {
  if (typeof theirs === "string") return isSame(ours, theirs) ? null : path;
  if (Array.isArray(theirs)) {
    if (!Array.isArray(ours) || ours.length !== theirs.length) return path;
    return firstOf(theirs.map((item, i) => () => differs(ours[i], item, `${path}[${i}]`)));
  }
  if (!isTree(theirs)) return ours === theirs ? null : path;
  if (!isTree(ours) || Object.keys(ours).join() !== Object.keys(theirs).join()) return path;
  return firstOf(
    Object.entries(theirs).map(
      ([name, item]) =>
        () =>
          differs(ours[name], item, `${path}.${name}`),
    ),
  );
}

function firstOf(checks: readonly (() => string | null)[]): string | null {
  for (const check of checks) {
    const path = check();
    if (path !== null) return path;
  }
  return null;
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSame(ours: unknown, theirs: string): boolean {
  if (ours === null) return theirs === "nullptr" || theirs === "null-ptr";
  if (ours === true) return theirs === "valid-ptr";
  const integer = /^0x([0-9a-f]+)(?: \((-\d+)\))?$/.exec(theirs);
  if (integer) return isSameInteger(ours, integer[1] ?? "", integer[2]);
  if (isTree(ours)) return isSameStart(ours, theirs);
  const isHex = /^[0-9a-f]{2}( [0-9a-f]{2})*$/.test(theirs);
  return ours === (isHex ? theirs.replaceAll(" ", "") : theirs);
}

/** The script takes every "… equal" of 8 and 16 bits and the 64-bit one as signed; QEMU has them unsigned. */
function isSameInteger(ours: unknown, hex: string, negative: string | undefined): boolean {
  const isSmall = typeof ours === "number" && hex.length <= 8;
  const isLarge = typeof ours === "string" && /^-?\d+$/.test(ours) && hex.length === 16;
  if (!isSmall && !isLarge) return false;
  const value = BigInt(ours);
  return value === BigInt(`0x${hex}`) || (negative !== undefined && value === BigInt(negative));
}

/** Long bytes, of which we show the beginning. */
function isSameStart(ours: Record<string, unknown>, theirs: string): boolean {
  const hex = theirs.replaceAll(" ", "");
  return typeof ours.head === "string" && hex.startsWith(ours.head) && ours.bytes === hex.length / 2;
}
