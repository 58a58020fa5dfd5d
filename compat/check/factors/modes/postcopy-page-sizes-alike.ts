import { ADVISE_PAGE_SIZES } from "../../../facts/qemu/postcopy/postcopy-errors.ts";
import { PAGE_SIZE } from "../../../peers/page-size.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { loadError, loadErrorLines } from "../../endings/load-failed.ts";
import type { Factor } from "../../factor.ts";
import { ends, NOTHING } from "./pair.ts";

/** The advise has the page sizes of all RAM blocks, joined by or; the destination compares that number with its own. */
export const postcopyPageSizesAlike: Factor = {
  rule: "POSTCOPY_PAGE_SIZES_ALIKE",
  purpose: "Checks that RAM is backed by the same page sizes on both sides where postcopy is announced.",
  reference: "migration/savevm.c, loadvm_postcopy_handle_advise(); migration/ram.c, ram_pagesize_summary()",
  find(pair) {
    const { source, destination } = pair;
    if (!source.has("postcopy-ram") || !destination.has("postcopy-ram")) return NOTHING;
    if (!source.peer.pageSizes && !destination.peer.pageSizes) return NOTHING;
    const [sent, own] = [summaryOf(source), summaryOf(destination)];
    if (sent === own) return NOTHING;
    const refused = loadError(destination, "EPERM", ADVISE_PAGE_SIZES, sent, own);
    const ending = destinationFails(pair, "setup", loadErrorLines(destination, refused));
    return ends("ram setup", ending, chaptersFor(destination, ADVISE_PAGE_SIZES), {
      source: sizesOf(source),
      destination: sizesOf(destination),
    });
  },
};

function summaryOf({ peer: { pageSizes = {} } }: End): bigint {
  return Object.values(pageSizes).reduce((all, size) => all | BigInt(size), BigInt(PAGE_SIZE));
}

function sizesOf({ peer: { pageSizes = {} } }: End): string {
  const sizes = new Set([PAGE_SIZE, ...Object.values(pageSizes)]);
  return [...sizes].sort((a, b) => a - b).join(", ");
}
