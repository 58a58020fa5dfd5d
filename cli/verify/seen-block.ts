import type { PageBudget } from "../page-set.ts";
import { createSeenPages, type SeenPages } from "../seen-pages.ts";

/** Distance of records in a guest with the usual pages; of another one, the pages are kept one by one. */
const STEP = 4096;
/** Runs that are remembered before the pages are kept one by one. */
const MOST_RUNS = 1024;

/**
 * Pages of one block, as `SeenPages`. A guest that is saved stands still, so its pages come once and in order: as long as
 * they do, only runs of them are kept.
 */
export function createSeenBlock(budget: PageBudget): SeenPages {
  const runs: { first: number; last: number }[] = [];
  let run = { first: 0, last: -STEP };
  let count = 0;
  let pages: SeenPages | undefined;
  const spread = () => {
    const set = createSeenPages(budget);
    for (const { first, last } of runs.splice(0))
      for (let offset = first; offset <= last; offset += STEP) set.note(offset);
    return set;
  };
  return {
    get count() {
      return pages?.count ?? count;
    },
    note(offset) {
      if (pages) pages.note(offset);
      else if (offset === run.last + STEP && count > 0) {
        run.last = offset;
        count++;
      } else if ((offset > run.last || count === 0) && runs.length < MOST_RUNS) {
        run = { first: offset, last: offset };
        runs.push(run);
        count++;
      } else {
        pages = spread();
        pages.note(offset);
      }
    },
  };
}
