import { isObject } from "../../../bitmaps/given-mapping.ts";
import type { End } from "../../end.ts";
import type { ScenarioBitmap } from "../../scenario.ts";
import { mappingOf } from "./bitmap-mapping.ts";

/** A bitmap of a source that migrates bitmaps. */
export interface SentBitmap {
  readonly bitmap: ScenarioBitmap;
  /** The names that it is sent under; undefined where the mapping leaves it out. */
  readonly as: { readonly node: string; readonly bitmap: string } | undefined;
  readonly mapped: boolean;
}

/** The dirty bitmaps of an end, as far as they are some. */
export function bitmapsOf({ peer: { bitmaps } }: End): readonly ScenarioBitmap[] {
  if (!Array.isArray(bitmaps)) return [];
  return bitmaps.filter(
    (each) => isObject(each) && typeof each.node === "string" && typeof each.name === "string",
  );
}

/** What becomes of the bitmaps of a source with dirty-bitmaps; none where it is not set. */
export function sentBitmaps(source: End): readonly SentBitmap[] {
  const bitmaps = bitmapsOf(source);
  if (bitmaps.length === 0 || !source.has("dirty-bitmaps")) return [];
  const mapping = mappingOf(source);
  return bitmaps.map((bitmap) => {
    if (!mapping) return { bitmap, as: { node: bitmap.node, bitmap: bitmap.name }, mapped: false };
    const node = mapping.find((each) => each.node === bitmap.node);
    const alias = node?.bitmaps.find(({ name }) => name === bitmap.name)?.alias;
    const as = node && alias !== undefined ? { node: node.alias, bitmap: alias } : undefined;
    return { bitmap, as, mapped: true };
  });
}
