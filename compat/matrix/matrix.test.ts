import { describe, expect, it } from "vitest";
import { check } from "../check/check.ts";
import { WantedError } from "../negotiate/wanted.ts";
import { versionsOf } from "../releases.ts";
import { setupFor } from "./features.ts";
import { matrixOf } from "./matrix.ts";
import { classOfRelease } from "./release-class.ts";

const ends = (...versions: readonly string[]) => versions.map((qemu) => ({ name: qemu, peer: { qemu } }));

describe("classes of releases", () => {
  it("join what no fact tells apart, and nothing else", () => {
    expect(classOfRelease("7.2.4")).toBe(classOfRelease("7.2.5"));
    expect(classOfRelease("7.2")).toBe(classOfRelease("7.2.0"));
    expect(classOfRelease("7.2.22")).not.toBe(classOfRelease("8.0"));
    expect(classOfRelease("10.0")).not.toBe(classOfRelease("10.0.13"));
  });
});

describe("a matrix", () => {
  it("has a verdict for every pair, in both directions", () => {
    const { names, cells, verdicts } = matrixOf({
      ends: ends("5.2", "7.2.22", "11.1.3"),
      setup: setupFor(["multifd"]),
      observations: false,
    });
    expect(names).toEqual(["5.2", "7.2.22", "11.1.3"]);
    expect(cells.map((row) => row.length)).toEqual([3, 3, 3]);
    expect(cells.flat().every((place) => verdicts[place] !== undefined)).toBe(true);
    const there = verdicts[cells[1]?.[2] ?? -1];
    expect(there?.scenario).toEqual({
      source: { qemu: "7.2.22", machine: "pc-q35-7.2", capabilities: { multifd: true }, parameters: {} },
      destination: { qemu: "11.1.3", machine: "pc-q35-7.2", capabilities: { multifd: true }, parameters: {} },
    });
  });

  it("says of every pair what a check of just these two says", () => {
    const all = versionsOf("qemu").filter((_, i) => i % 5 === 0);
    for (const features of [[], ["multifd"], ["zstd"], ["postcopy"], ["mapped-ram"]]) {
      const setup = setupFor(features);
      const { cells, verdicts } = matrixOf({ ends: ends(...all), setup, observations: false });
      const outcomes = cells.map((row) => row.map((place) => verdicts[place]?.verdict.outcome));
      const alone = all.map((from) =>
        all.map((to) => {
          const one = matrixOf({ ends: ends(from, to), setup, observations: false });
          const found = one.verdicts[one.cells[0]?.[1] ?? -1];
          return found && check(found.scenario).outcome;
        }),
      );
      expect(outcomes).toEqual(alone);
    }
  });

  it("takes recorded runs for what they are", () => {
    const { cells, verdicts } = matrixOf({
      ends: ends("7.2.22", "10.0.13"),
      machine: "pc-i440fx-5.2",
      setup: setupFor(["multifd", "multifd-channels=2"]),
      observations: true,
    });
    const confidences = cells.flat().map((place) => verdicts[place]?.verdict.confidence);
    expect(confidences).toContain("observed");
  });
});

describe("features", () => {
  it("are set where they count", () => {
    expect(setupFor(["xbzrle"])).toMatchObject({
      source: { capabilities: { xbzrle: true } },
      destination: { capabilities: {} },
    });
    expect(setupFor(["zstd", "postcopy"])).toEqual({
      source: {
        capabilities: { multifd: true, "postcopy-ram": true },
        parameters: { "multifd-compression": "zstd" },
      },
      destination: {
        capabilities: { multifd: true, "postcopy-ram": true },
        parameters: { "multifd-compression": "zstd" },
      },
      mode: "postcopy",
    });
  });

  it("have names", () => {
    expect(() => setupFor(["warp"])).toThrow(WantedError);
    expect(() => setupFor(["multifd-warp=9"])).toThrow(WantedError);
    expect(() => setupFor(["zlib", "zstd"])).toThrow(/exclude each other/);
    expect(() => setupFor(["constructor"])).toThrow(WantedError);
  });
});
