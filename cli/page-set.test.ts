import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBudget, createPageSet } from "./page-set.ts";

describe("page set", () => {
  it("agrees with a plain set", () => {
    const page = fc.integer({ min: 0, max: 40_000 });
    const runs = fc.array(fc.tuple(page, fc.integer({ min: 1, max: 3000 })), { maxLength: 6 });
    fc.assert(
      fc.property(runs, page, page, (added, from, length) => {
        const set = createPageSet(createBudget());
        const plain = new Set<number>();
        for (const [start, count] of added)
          for (let at = start; at < start + count; at++) {
            set.add(at);
            plain.add(at);
          }
        const limit = from + length + 1;
        let end = from + 1;
        while (end < limit && plain.has(end) === plain.has(from)) end++;
        expect(set.count).toBe(plain.size);
        expect(set.has(from)).toBe(plain.has(from));
        expect(set.runEnd(from, limit)).toBe(end);
        const all: number[] = [];
        set.forEach((at) => void all.push(at));
        expect(new Set(all)).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  it("takes page numbers that fit no 32-bit integer", () => {
    const set = createPageSet(createBudget());
    set.add(2 ** 43 + 5);
    expect([set.has(2 ** 43 + 5), set.has(2 ** 43 + 4), set.has(5)]).toEqual([true, false, false]);
    expect(set.runEnd(2 ** 43 + 5, 2 ** 44)).toBe(2 ** 43 + 6);
  });

  it("refuses to grow with pages that lie too far apart", () => {
    const budget = createBudget();
    const set = createPageSet(budget);
    const scatter = () => {
      for (let i = 0; i < 1_000_000; i++) {
        budget.records++;
        set.add(i * 100_000);
      }
    };
    expect(scatter).toThrow(/too far apart/);
    expect(budget.bytes).toBeLessThan(66 << 20);
  });
});
