import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseScenario, ScenarioError } from "./parse.ts";

const SCENARIO = { source: { qemu: "7.2.22" }, destination: { qemu: "qemu-10.0.13" } };
const named = (count: number, value: unknown) => Array.from({ length: count }, (_, i) => [`name${i}`, value]);
const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));

describe("a scenario", () => {
  it("needs no more than two versions", () => {
    expect(parseScenario(SCENARIO)).toEqual({
      source: { qemu: "7.2.22" },
      destination: { qemu: "10.0.13" },
    });
  });

  it("keeps what it tells of its ends, and nothing that it does not know", () => {
    const source = {
      qemu: "7.2.22",
      machine: "pc-q35-7.2",
      capabilities: { multifd: true },
      parameters: { "multifd-channels": 2, "block-bitmap-mapping": [] },
      cpus: 2,
      memoryMiB: 32,
      uuid: "0b5e1ab0-0001-4000-8000-0000000000a1",
      devices: [{ driver: "virtio-rng-pci", addr: 5, properties: { "max-bytes": 1024 } }],
      bitmaps: [{ node: "node0", name: "bm0" }],
      nodes: ["node0"],
    };
    const all = { ...SCENARIO, source, id: "x", transport: "unix", mode: "postcopy", observed: {} };
    expect(parseScenario(all)).toEqual({
      source,
      destination: { qemu: "10.0.13" },
      id: "x",
      transport: "unix",
      mode: "postcopy",
    });
  });

  it.each([
    [null, /^scenario: /],
    [{ source: {} }, /^source\.qemu: /],
    [{ ...SCENARIO, source: { qemu: "7.2.99" } }, /^source\.qemu: 7\.2\.99 is no release of QEMU/],
    [{ ...SCENARIO, mode: "warp" }, /^mode: /],
    [{ ...SCENARIO, transport: "smoke" }, /^transport: /],
    [
      { ...SCENARIO, source: { qemu: "7.2", capabilities: { multifd: "on" } } },
      /^source\.capabilities\.multifd: /,
    ],
    [{ ...SCENARIO, source: { qemu: "7.2", memoryMiB: -1 } }, /^source\.memoryMiB: /],
    [{ ...SCENARIO, destination: { qemu: "7.2", devices: [{}] } }, /^destination\.devices\.0\.driver: /],
    [{ ...SCENARIO, destination: { qemu: "7.2", nodes: ["x".repeat(5000)] } }, /^destination\.nodes\.0: /],
    [
      { ...SCENARIO, source: { qemu: "7.2", capabilities: Object.fromEntries(named(2000, true)) } },
      /^source\.capabilities: more than 1024 names/,
    ],
    [
      { ...SCENARIO, source: { qemu: "7.2", parameters: Object.fromEntries(named(200_000, 1)) } },
      /^source\.parameters: more than 1024 names/,
    ],
    [
      { ...SCENARIO, source: { qemu: "7.2", parameters: { x: nested(50_000) } } },
      /^source\.parameters: nested deeper than 32/,
    ],
  ])("is refused by the place that is wrong: %#", (json, message) => {
    expect(() => parseScenario(json)).toThrow(ScenarioError);
    expect(() => parseScenario(json)).toThrow(message);
  });

  it("is read or refused, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        try {
          parseScenario(json);
        } catch (error) {
          expect(error).toBeInstanceOf(ScenarioError);
        }
      }),
    );
  });
});
