import { createPageSet, type PageBudget } from "./page-set.ts";

const USUAL_PAGE = 4096;
const SMALLEST_PAGE = 1024;

/** The pages of one block for which a record came. The page size need not be known yet. */
export interface SeenPages {
  readonly count: number;
  note(offset: number): void;
}

export function createSeenPages(budget: PageBudget): SeenPages {
  let unit = USUAL_PAGE;
  let seen = createPageSet(budget);
  /** Pages turn out to be smaller than supposed. */
  const refine = () => {
    const coarse = seen;
    const factor = unit / SMALLEST_PAGE;
    unit = SMALLEST_PAGE;
    seen = createPageSet(budget);
    coarse.forEach((page) => {
      seen.add(page * factor);
    });
  };
  return {
    get count() {
      return seen.count;
    },
    note(offset) {
      budget.records++;
      if (offset % unit !== 0) refine();
      seen.add(Math.floor(offset / unit));
    },
  };
}
