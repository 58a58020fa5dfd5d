import type { Factor } from "../../factor.ts";
import { parameterProblems } from "./parameter-faults.ts";

export const bitmapMappingTaken: Factor = {
  rule: "BITMAP_MAPPING_TAKEN",
  purpose:
    "Checks that a block-bitmap-mapping has the form, the lengths and the unique names that its release asks for.",
  reference: "migration/block-dirty-bitmap.c, construct_alias_map()",
  find: (pair) => parameterProblems(pair, "mapping"),
};
