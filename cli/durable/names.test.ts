import { basename, dirname } from "node:path";
import { expect, it } from "vitest";
import { sideNames } from "./names.ts";

it("puts what belongs to an image beside it, hidden", () => {
  expect(sideNames("/var/lib/vm.save")).toEqual({
    directory: "/var/lib",
    journal: "/var/lib/.vm.save.migwire-journal",
    newJournal: "/var/lib/.vm.save.migwire-journal.new",
    newFile: "/var/lib/.vm.save.migwire-new",
  });
});

it("finds names for images whose own name leaves no room", () => {
  const long = `/x/${"ü".repeat(125)}.save`;
  const { directory: _, ...names } = sideNames(long);
  const all = Object.values(names);
  expect(new Set(all).size).toBe(3);
  for (const name of all) {
    expect(dirname(name)).toBe("/x");
    expect(new TextEncoder().encode(basename(name)).length).toBeLessThan(256);
  }
  expect(sideNames(long)).toEqual(sideNames(long));
  expect(sideNames(`${long}x`).journal).not.toBe(sideNames(long).journal);
});
