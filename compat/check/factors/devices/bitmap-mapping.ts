import { givenMapping, type MappedNode } from "../../../bitmaps/given-mapping.ts";
import type { End } from "../../end.ts";

/** The mapping of an end, as far as it is one; undefined where it has none, or does not know of it. */
export function mappingOf(end: End): readonly MappedNode[] | undefined {
  return givenMapping(end.set("block-bitmap-mapping"), end.version);
}
