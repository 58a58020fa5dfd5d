import { MULTIFD_SYNC_OF_OLD_SOURCES } from "../../../facts/qemu/errata/errata-multifd.ts";
import { MULTIFD_SYNC_WITHOUT_PAGES } from "../../../facts/qemu/multifd/multifd.ts";
import { MULTIFD_SYNC_MERGED } from "../../../facts/qemu/multifd/multifd-packets.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { loadErrorLines } from "../../endings/load-failed.ts";
import { errorAt } from "../../endings/source-fails.ts";
import type { Factor, Problem } from "../../factor.ts";
import { bothMultifd } from "./multifd-side.ts";
import { deciding, NOTHING } from "./problem.ts";

export const multifdSyncPagesKept: Factor = {
  rule: "MULTIFD_SYNC_PAGES_KEPT",
  purpose: "Checks that the destination takes the pages that older sources send along with a SYNC.",
  reference: "migration/multifd.c, multifd_recv_thread()",
  find(pair: Pair): readonly Problem[] {
    if (!bothMultifd(pair)) return NOTHING;
    const { source, destination } = pair;
    if (source.value(MULTIFD_SYNC_MERGED) !== "merged") return NOTHING;
    if (!destination.value(MULTIFD_SYNC_WITHOUT_PAGES)) return NOTHING;
    const lines = loadErrorLines(destination, errorAt(pair, "ram-record"));
    const ending = destinationFails(pair, "precopy", lines, {
      noticed: "multifd",
      alternatives: ["corrupts"],
    });
    return deciding(
      "precopy",
      ending,
      {},
      chaptersFor(destination, MULTIFD_SYNC_OF_OLD_SOURCES, MULTIFD_SYNC_WITHOUT_PAGES),
    );
  },
};
