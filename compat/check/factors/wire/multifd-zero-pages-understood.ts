import { ZERO_PAGES_LOST_BEFORE_9_0 } from "../../../facts/qemu/errata/errata-multifd.ts";
import { MULTIFD_ZERO_PAGES } from "../../../facts/qemu/multifd/multifd.ts";
import { ZERO_PAGE_DETECTION as BY_MACHINE } from "../../../facts/qemu/settings/compat-properties.ts";
import { ZERO_PAGE_DETECTION } from "../../../facts/qemu/settings/parameters-multifd.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { completes } from "../../endings/completes.ts";
import type { Factor, Problem } from "../../factor.ts";
import { bothMultifd, zeroPagesOf } from "./multifd-side.ts";
import { hasSeveralPasses } from "./passes.ts";
import { deciding, NOTHING } from "./problem.ts";

export const multifdZeroPagesUnderstood: Factor = {
  rule: "MULTIFD_ZERO_PAGES_UNDERSTOOD",
  purpose: "Checks that the destination understands multifd packets that list zero pages.",
  reference: "migration/multifd.c, multifd_recv_unfill_packet(); migration/multifd-zero-page.c",
  find(pair: Pair): readonly Problem[] {
    if (!bothMultifd(pair)) return NOTHING;
    const { source, destination } = pair;
    if (destination.value(MULTIFD_ZERO_PAGES) || zeroPagesOf(source) !== "multifd") return NOTHING;
    const several = hasSeveralPasses(source);
    const done = completes(pair);
    const ending = several
      ? ({ ...done, outcome: "corrupts", alternatives: ["completes"] } as const)
      : ({ ...done, alternatives: ["corrupts"] } as const);
    const args = {
      several,
      set: source.set("zero-page-detection") !== undefined,
      machine: source.peer.machine ?? "",
    };
    const facts = [
      ...chaptersFor(destination, ZERO_PAGES_LOST_BEFORE_9_0),
      ...chaptersFor(source, ZERO_PAGE_DETECTION, BY_MACHINE),
    ];
    return deciding("done", ending, args, facts);
  },
};
