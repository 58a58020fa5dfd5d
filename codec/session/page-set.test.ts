import { describe, expect, it } from "vitest";
import { createPageSet } from "./page-set.ts";

function createBudget(most: number) {
  const budget = {
    bytes: 0,
    charge(bytes: number) {
      if (budget.bytes + bytes > most) return false;
      budget.bytes += bytes;
      return true;
    },
  };
  return budget;
}

describe("page set", () => {
  it("tells new pages from those it has", () => {
    const set = createPageSet(createBudget(1 << 20));
    expect([set.add(5), set.add(6), set.add(5), set.add(2 ** 43)]).toEqual([true, true, false, true]);
    expect([set.count, set.partial, set.runEnd(5, 100)]).toEqual([3, false, 7]);
  });

  it("leaves pages out when there is no memory for them, and says so", () => {
    const budget = createBudget(5000);
    const set = createPageSet(budget);
    for (let i = 0; i < 100; i++) set.add(i * 100_000);
    expect([set.partial, set.count]).toEqual([true, 3]);
    expect(budget.bytes).toBeLessThanOrEqual(5000);
  });

  it("gives its memory back", () => {
    const budget = createBudget(5000);
    const set = createPageSet(budget);
    set.add(1);
    set.release();
    expect([budget.bytes, set.count, set.has(1)]).toEqual([0, 0, false]);
  });
});
