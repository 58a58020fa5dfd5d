import { describe, expect, it } from "vitest";
import { fixtures, load, summarise } from "../../test/captures.ts";
import { createSeenRam, survivorsOf } from "./survivors.ts";

const fixture = (name: string) => {
  const found = fixtures.find(({ file }) => file === name);
  if (!found) throw new TypeError(`no fixture ${name}`);
  return load(found);
};

function surviving(data: Uint8Array, container: "qevm" | "mapped-ram" | null = "qevm") {
  const seen = createSeenRam();
  const { findings, ...summary } = summarise(data, { place: seen.place });
  return survivorsOf({ findings, container }, summary, seen);
}

describe("what survives", () => {
  const stream = fixture("precopy-10.0-q35-5.2.bin");

  it("is everything of a whole stream", () => {
    const { ram, devices } = surviving(stream) ?? {};
    expect(ram).toMatchObject({ complete: true, pages: 4178, totalPages: 4178 });
    expect(devices).toMatchObject({ cut: [], damaged: [], missing: 0 });
    expect(devices?.whole).toHaveLength(30);
  });

  it("is every page before the cut, and no half one", () => {
    const cut = surviving(stream.subarray(0, 100_000))?.ram;
    const whole = surviving(stream.subarray(0, 100_000 - (100_000 % 4096)))?.ram;
    expect(cut).toMatchObject({ complete: false, totalPages: 4178 });
    expect(cut?.pages).toBeGreaterThan(0);
    expect(cut?.pages).toBeLessThan(4178);
    expect(Number(cut?.bytes)).toBe((cut?.pages ?? 0) * 4096);
    expect(whole?.pages).toBeLessThanOrEqual(cut?.pages ?? 0);
    expect(cut?.blocks.reduce((sum, { pages }) => sum + pages, 0)).toBe(cut?.pages);
  });

  it("never grows when more is cut off", () => {
    let last = Number.POSITIVE_INFINITY;
    for (let size = stream.length; size > 0; size -= 9973) {
      const { ram, devices } = surviving(stream.subarray(0, size)) ?? {};
      const count = (ram?.pages ?? 0) + (devices?.whole.length ?? 0);
      expect(count).toBeLessThanOrEqual(last);
      last = count;
    }
  });

  it("names devices that are whole, cut or damaged", () => {
    const { devices } = surviving(stream.subarray(0, 210_000)) ?? {};
    expect(devices?.whole[0]).toEqual({ idstr: expect.any(String), instance: 0 });
    expect(devices?.cut).toHaveLength(1);
    expect(devices?.missing).toBeNull();
  });

  it("is nothing where there is no stream", () => {
    expect(surviving(new Uint8Array(0), null)).toBeNull();
  });

  it("counts by places in a mapped-ram file, holes included", () => {
    const file = fixtures.find(({ file }) => file.startsWith("mapped-ram-10.0"));
    const mapped = file ? load(file) : new Uint8Array(0);
    expect(surviving(mapped, "mapped-ram")?.ram).toMatchObject({ pages: 4178, totalPages: 4178 });
    const cut = surviving(mapped.subarray(0, 9_000_000), "mapped-ram")?.ram;
    expect(cut).toMatchObject({ pages: Math.floor(7_951_424 / 4096), totalPages: 4178, complete: false });
  });
});
