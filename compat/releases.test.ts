import { describe, expect, it } from "vitest";
import { valueAt } from "./facts/fact.ts";
import { compareVersions, findRelease, lineOf, linesOfQemu, type Product, versionsOf } from "./releases.ts";

describe("releases", () => {
  it.each<Product>(["libvirt", "qemu"])("of %s are in order, and dated where known", (product) => {
    const versions = versionsOf(product);
    expect(versions).toEqual(versions.toSorted(compareVersions));
    const dates = versions.flatMap((version) => findRelease(product, version)?.date ?? []);
    expect(dates.length).toBeGreaterThan(130);
    for (const date of dates) expect(date).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
    if (product === "libvirt") expect(dates).toEqual(dates.toSorted());
  });

  it("of a line of QEMU follow each other in time", () => {
    for (const line of linesOfQemu()) {
      const dates = versionsOf("qemu")
        .filter((version) => lineOf(version) === line)
        .flatMap((version) => findRelease("qemu", version)?.date ?? []);
      expect(dates, line).toEqual(dates.toSorted());
    }
    const firsts = linesOfQemu().flatMap((line) => findRelease("qemu", line)?.date ?? []);
    expect(firsts).toEqual(firsts.toSorted());
  });

  it("of libvirt go from the first save image to the newest that was run", () => {
    expect(versionsOf("libvirt")).toHaveLength(205);
    expect(findRelease("libvirt", "0.9.5")?.date).toBe("2011-09-20");
    expect(findRelease("libvirt", "12.8.0")?.date).toBe("2026-10-01");
    expect(findRelease("libvirt", "0.3.1")).toBeUndefined();
    expect(findRelease("libvirt", "9")).toBeUndefined();
    expect(findRelease("libvirt", "constructor")).toBeUndefined();
  });

  it("of QEMU have their stable ones, each with its own date", () => {
    expect(findRelease("qemu", "7.2")?.date).toBe("2022-12-13");
    expect(findRelease("qemu", "7.2.0")?.date).toBe("2022-12-13");
    expect(findRelease("qemu", "7.2.22")).toEqual({ product: "qemu", version: "7.2.22", date: "2025-12-05" });
    expect(findRelease("qemu", "3.1.1.1")?.date).toBe("2019-10-01");
    expect(findRelease("qemu", "11.1.3")).toEqual({ product: "qemu", version: "11.1.3", date: null });
    expect(versionsOf("qemu").slice(-4)).toEqual(["11.1", "11.1.1", "11.1.2", "11.1.3"]);
  });

  it.each(["7.3.0", "7.2.99", "10.0.1", "8.0.1", "7.2.0.1", "7", "constructor"])(
    "of QEMU are not %s",
    (version) => {
      expect(findRelease("qemu", version)).toBeUndefined();
    },
  );

  it("of QEMU before 2.5 stand for their stable ones", () => {
    expect(findRelease("qemu", "1.7.2")?.date).toBe("2013-11-27");
  });

  it("compare by number, not by letter", () => {
    expect(compareVersions("0.10.2", "0.9.13")).toBeGreaterThan(0);
    expect(compareVersions("7.2", "7.2.0")).toBe(0);
  });
});

describe("a fact that changed in a window", () => {
  const evidence = [{ kind: "run", of: "both" }] as const;
  const chapters = [
    {
      id: "a",
      claim: "Old.",
      value: "old",
      since: "1.0.0",
      until: { after: "9.0.0", atLatest: "11.2.0" },
      evidence,
    },
    { id: "b", claim: "New.", value: "new", since: { after: "9.0.0", atLatest: "11.2.0" }, evidence },
  ];

  it.each([
    ["0.9.0", undefined, undefined],
    ["9.0.0", "old", "old"],
    ["10.0.0", "old", "new"],
    ["11.2.0", "new", "new"],
  ])("is read both ways inside it: %s", (version, earlier, later) => {
    expect(valueAt(chapters, version, "earlier")).toBe(earlier);
    expect(valueAt(chapters, version, "later")).toBe(later);
  });

  it("is over when it has ended", () => {
    const [old] = chapters;
    expect(old && valueAt([old], "12.0.0", "later")).toBeUndefined();
  });
});
