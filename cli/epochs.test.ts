import { describe, expect, it } from "vitest";
import { createEpochBudget, createEpochs } from "./epochs.ts";

describe("epochs", () => {
  it("take what is as new as what is stored, or newer", () => {
    const epochs = createEpochs(createEpochBudget());
    const told = [0, 1, 1, 0, 3, 2, 3].map((epoch) => epochs.accept(7, epoch));
    expect(told).toEqual([true, true, true, false, true, false, true]);
    expect(epochs.accept(8, 0)).toBe(true);
  });

  it("know those of the end from all others", () => {
    const epochs = createEpochs(createEpochBudget());
    expect(epochs.accept(1e9, Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(epochs.accept(1e9, 60_000)).toBe(false);
  });

  it("go by the order of arrival without memory", () => {
    const budget = createEpochBudget(16 << 10);
    const epochs = createEpochs(budget);
    expect(epochs.accept(0, 5)).toBe(true);
    expect(budget.left).toBe(0);
    expect(epochs.accept(1e6, 5)).toBe(true);
    expect(epochs.accept(1e6, 4)).toBe(true);
    expect(epochs.accept(0, 4)).toBe(false);
  });
});
