import { ALIASES } from "../../../facts/qemu/dirty-bitmap/dirty-bitmap.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Factor } from "../../factor.ts";
import { bitmapsLost } from "./bitmaps-lost.ts";
import { sentBitmaps } from "./bitmaps-of.ts";
import { ends, NOTHING } from "./problem.ts";

export const bitmapsMapped: Factor = {
  rule: "BITMAPS_MAPPED",
  purpose: "Checks that a mapping on the source leaves no bitmap out.",
  reference: "migration/block-dirty-bitmap.c, add_bitmaps_to_list(): bitmaps without an alias are skipped",
  find(pair) {
    const left = sentBitmaps(pair.source).filter(({ as }) => !as);
    const [first] = left;
    if (!first) return NOTHING;
    const { node, name } = first.bitmap;
    return [
      ends("done", bitmapsLost(pair), { count: left.length, node, name }, chaptersFor(pair.source, ALIASES)),
    ];
  },
};
