import { MULTIFD_COMPRESSED_ZERO_PAGES } from "../../../facts/qemu/errata/errata-multifd.ts";
import { MULTIFD_ZERO_PAGES } from "../../../facts/qemu/multifd/multifd.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import type { Factor, Problem } from "../../factor.ts";
import { bothMultifd, compressionOf, zeroPagesOf } from "./multifd-side.ts";
import { NOTHING, worthKnowing } from "./problem.ts";

export const multifdZeroPacketsMarked: Factor = {
  rule: "MULTIFD_ZERO_PACKETS_MARKED",
  purpose: "Checks that packets of nothing but zero pages carry the flag of their compression.",
  reference: "migration/multifd-zlib.c, multifd_zlib_send_prepare() and the like",
  find(pair: Pair): readonly Problem[] {
    if (!bothMultifd(pair)) return NOTHING;
    const { source, destination } = pair;
    if (!source.value(MULTIFD_COMPRESSED_ZERO_PAGES) || !destination.value(MULTIFD_ZERO_PAGES))
      return NOTHING;
    const compression = compressionOf(source);
    if (compression === "none" || compression !== compressionOf(destination)) return NOTHING;
    if (zeroPagesOf(source) !== "multifd") return NOTHING;
    return worthKnowing(
      "precopy",
      "warning",
      { compression },
      chaptersFor(source, MULTIFD_COMPRESSED_ZERO_PAGES),
    );
  },
};
