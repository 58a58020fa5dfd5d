import { describe, expect, it } from "vitest";
import { valueAt } from "./facts/fact.ts";
import { compareVersions, findRelease, type Product, versionsOf } from "./releases.ts";

describe("releases", () => {
  it.each<Product>(["libvirt", "qemu"])("of %s are in order, and dated where known", (product) => {
    const versions = versionsOf(product);
    expect(versions).toEqual(versions.toSorted(compareVersions));
    const dates = versions.flatMap((version) => findRelease(product, version)?.date ?? []);
    expect(dates.length).toBeGreaterThan(45);
    for (const date of dates) expect(date).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
    expect(dates).toEqual(dates.toSorted());
  });

  it("of libvirt go from the first save image to the newest that was run", () => {
    expect(versionsOf("libvirt")).toHaveLength(205);
    expect(findRelease("libvirt", "0.9.5")?.date).toBe("2011-09-20");
    expect(findRelease("libvirt", "12.8.0")?.date).toBe("2026-10-01");
    expect(findRelease("libvirt", "0.3.1")).toBeUndefined();
    expect(findRelease("libvirt", "9")).toBeUndefined();
    expect(findRelease("libvirt", "constructor")).toBeUndefined();
  });

  it("of QEMU stand for their stable releases", () => {
    expect(findRelease("qemu", "7.2.22")).toEqual({ product: "qemu", version: "7.2.22", date: "2022-12-13" });
    expect(findRelease("qemu", "11.1.3")?.date).toBeNull();
    expect(findRelease("qemu", "7.3.0")).toBeUndefined();
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
