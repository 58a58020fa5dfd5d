import type { PageBudget as SharedBudget } from "../codec/session/page-set.ts";
import { UsageError } from "./exit.ts";

export { createPageSet, type PageSet } from "../codec/session/page-set.ts";

/** What all sets may take before a record was read: enough for 1.6 TiB of RAM sent in any order. */
const FREE_BYTES = 64 << 20;

/**
 * Memory that the page sets of one run may take. A guest that sends its pages needs one bit for each; an input that
 * touches a page here and a page there, petabytes apart, would need a segment for each of its nine-byte records.
 */
export interface PageBudget extends SharedBudget {
  bytes: number;
  records: number;
}

export function createBudget(): PageBudget {
  const budget: PageBudget = {
    bytes: 0,
    records: 0,
    charge(bytes) {
      budget.bytes += bytes;
      if (budget.bytes > FREE_BYTES + budget.records / 2)
        throw new UsageError("page records lie too far apart for any guest's memory");
      return true;
    },
  };
  return budget;
}
