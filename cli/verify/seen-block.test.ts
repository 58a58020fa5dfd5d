import fc from "fast-check";
import { expect, it } from "vitest";
import { createSeenBlock } from "./seen-block.ts";

const budget = () => ({ bytes: 0, records: 0, charge: () => true });

function counted(offsets: readonly number[]): number {
  const seen = createSeenBlock(budget());
  for (const offset of offsets) seen.note(offset);
  return seen.count;
}

const upTo = (pages: number, step = 4096) => Array.from({ length: pages }, (_, page) => page * step);

it.each([
  [[], 0],
  [[0], 1],
  [[4096, 4096], 1],
  [[8192, 4096, 8192], 2],
  [[...upTo(300), ...upTo(300)], 300],
  [[...upTo(300), 4096 * 500, ...upTo(400)], 401],
  [upTo(5000, 8192), 5000],
  [upTo(5000, 1024), 5000],
  [upTo(50, 65536), 50],
])("counts pages once: %#", (offsets, count) => {
  expect(counted(offsets)).toBe(count);
});

it("counts like a set", () => {
  const offset = fc.nat(200).map((page) => page * 4096);
  const run = fc.tuple(offset, fc.nat(40)).map(([first, length]) => upTo(length).map((step) => first + step));
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          run,
          offset.map((one) => [one]),
        ),
      ),
      (runs) => {
        expect(counted(runs.flat())).toBe(new Set(runs.flat()).size);
      },
    ),
  );
});
