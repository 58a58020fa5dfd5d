import { MULTIFD_ROUNDS_FROM_OLD_SOURCES } from "../../../facts/qemu/errata/errata-multifd.ts";
import { MULTIFD_ZERO_PAGES } from "../../../facts/qemu/multifd/multifd.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { completes } from "../../endings/completes.ts";
import type { Factor, Problem } from "../../factor.ts";
import { bothMultifd } from "./multifd-side.ts";
import { forcesSeveralPasses } from "./passes.ts";
import { deciding, NOTHING, worthKnowing } from "./problem.ts";

export const multifdRoundsKept: Factor = {
  rule: "MULTIFD_ROUNDS_KEPT",
  purpose: "Checks that pages sent in several rounds over multifd were not seen to end with old content.",
  reference: "recorded migrations; the cause is not known",
  find(pair: Pair): readonly Problem[] {
    if (pair.mode !== "precopy" || !bothMultifd(pair)) return NOTHING;
    const { source, destination } = pair;
    if (source.value(MULTIFD_ZERO_PAGES) || !destination.value(MULTIFD_ROUNDS_FROM_OLD_SOURCES))
      return NOTHING;
    const several = forcesSeveralPasses(source);
    const facts = chaptersFor(destination, MULTIFD_ROUNDS_FROM_OLD_SOURCES);
    if (!several) return worthKnowing("done", "warning", { several }, facts);
    const ending = { ...completes(pair), outcome: "corrupts", alternatives: ["completes"] } as const;
    return deciding("done", ending, { several }, facts);
  },
};
