import { valueAt } from "../facts/fact.ts";
import { ALIASES } from "../facts/qemu/dirty-bitmap/dirty-bitmap.ts";

/** A node of block-bitmap-mapping. */
export interface MappedNode {
  readonly node: string;
  readonly alias: string;
  readonly bitmaps: readonly MappedBitmap[];
}

interface MappedBitmap {
  readonly name: string;
  readonly alias: string;
}

/** A value of block-bitmap-mapping as far as it is one; undefined where it is none, or a release does not know of it. */
export function givenMapping(given: unknown, qemu: string): readonly MappedNode[] | undefined {
  if (!Array.isArray(given) || !valueAt(ALIASES, qemu, "later")) return undefined;
  return given.filter(isObject).map((entry) => ({
    node: text(entry["node-name"]),
    alias: text(entry.alias),
    bitmaps: (Array.isArray(entry.bitmaps) ? entry.bitmaps : [])
      .filter(isObject)
      .map(({ name, alias }) => ({ name: text(name), alias: text(alias) })),
  }));
}

/** Whether a value may have members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** A name; other values are none of QEMU's. */
function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
