import { expect, it } from "vitest";
import { joinedLabels } from "./joined-labels.ts";

it.each([
  [["main"], "main"],
  [["main", "multifd 1", "multifd 0"], "main, multifd 0, 1"],
  [["multifd 3", "main", "multifd 1", "multifd 2", "multifd 9"], "multifd 1–3, 9, main"],
  [["multifd #4", "multifd #5", "multifd #6", "return path #7"], "multifd #4–#6, return path #7"],
  [["multifd 0 #1", "multifd 1 #2"], "multifd 0 #1, multifd 1 #2"],
  [["dir/0-main.bin", "dir/1"], "dir/0-main.bin, dir/1"],
  [Array.from({ length: 40 }, (_, i) => `${i}`), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and more"],
])("%j", (labels, text) => {
  expect(joinedLabels(labels)).toBe(text);
});
