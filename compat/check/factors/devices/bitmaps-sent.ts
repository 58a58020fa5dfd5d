import { DIRTY_BITMAPS } from "../../../facts/qemu/settings/capabilities-newer.ts";
import type { Factor } from "../../factor.ts";
import { bitmapsLost } from "./bitmaps-lost.ts";
import { bitmapsOf } from "./bitmaps-of.ts";
import { ends, NOTHING } from "./problem.ts";

export const bitmapsSent: Factor = {
  rule: "BITMAPS_SENT",
  purpose: "Checks that a source with dirty bitmaps migrates them.",
  reference: "migration/block-dirty-bitmap.c, dirty_bitmap_is_active()",
  find(pair) {
    const { source } = pair;
    const bitmaps = bitmapsOf(source);
    if (bitmaps.length === 0 || source.has("dirty-bitmaps")) return NOTHING;
    const [{ node, name } = { node: "", name: "" }] = bitmaps;
    return [
      ends(
        "done",
        bitmapsLost(pair),
        { count: bitmaps.length, node, name, can: source.value(DIRTY_BITMAPS) !== undefined },
        [],
      ),
    ];
  },
};
