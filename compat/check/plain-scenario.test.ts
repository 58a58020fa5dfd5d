import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseScenario, ScenarioError } from "./parse.ts";
import { isPlainScenario } from "./plain-scenario.ts";

const name = fc.oneof(
  { weight: 40, arbitrary: fc.string() },
  fc.constantFrom("__proto__", "constructor", "x".repeat(5000)),
);
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(undefined, Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5),
);
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 60, arbitrary: value }, odd);
const device = fc.record(
  {
    driver: sometimes(name),
    addr: sometimes(fc.oneof(fc.nat(), name)),
    properties: sometimes(
      fc.dictionary(name, fc.oneof(fc.string(), fc.double(), fc.boolean()), { noNullPrototype: true }),
    ),
  },
  { requiredKeys: ["driver"], noNullPrototype: true },
);
const peer = fc.record(
  {
    qemu: sometimes(fc.constantFrom("7.2.22", "7.2", "11.1.3", "10.0.13", "2.4.77", "qemu-7.2.22", "7.2.99")),
    machine: sometimes(name),
    capabilities: sometimes(fc.dictionary(name, fc.boolean(), { maxKeys: 3, noNullPrototype: true })),
    parameters: sometimes(fc.dictionary(name, fc.jsonValue(), { maxKeys: 3, noNullPrototype: true })),
    cpus: sometimes(fc.integer({ min: 1, max: 70_000 })),
    memoryMiB: sometimes(fc.integer({ min: 1 })),
    devices: sometimes(fc.array(device, { maxLength: 3 })),
    bitmaps: sometimes(
      fc.array(fc.record({ node: name, name }, { noNullPrototype: true }), { maxLength: 3 }),
    ),
    nodes: sometimes(fc.array(name, { maxLength: 3 })),
  },
  { requiredKeys: ["qemu"], noNullPrototype: true },
);
const scenario = fc.record(
  {
    id: sometimes(fc.string()),
    source: sometimes(peer),
    destination: sometimes(peer),
    transport: sometimes(fc.constantFrom("tcp", "file")),
    mode: sometimes(fc.constantFrom("precopy", "postcopy")),
    note: odd,
  },
  { requiredKeys: ["source", "destination"], noNullPrototype: true },
);

/** What the schema makes of it, whatever its look: a member that no peer has sends every document there. */
function bySchema(json: { readonly source: unknown }): unknown {
  const { source } = json;
  const marked = typeof source === "object" && source !== null && !Array.isArray(source);
  try {
    return parseScenario(marked ? { ...json, source: { ...source, unheardOf: 1 } } : json);
  } catch (error) {
    if (error instanceof ScenarioError) return undefined;
    throw error;
  }
}

describe("plain scenarios", () => {
  it("are those that the schema takes as they stand", () => {
    let plain = 0;
    fc.assert(
      fc.property(scenario, (json) => {
        const read = bySchema(json);
        if (!isPlainScenario(json)) return;
        plain++;
        const { note: _, ...known } = json as typeof json & { note?: unknown };
        expect(read).toEqual(known);
        expect(parseScenario(json)).toBe(json);
      }),
      { numRuns: 2000 },
    );
    expect(plain).toBeGreaterThan(50);
  });

  it.each([
    [{ source: { qemu: "7.2" }, destination: { qemu: "7.2" } }, true],
    [{ source: { qemu: "qemu-7.2" }, destination: { qemu: "7.2" } }, false],
    [{ source: { qemu: "7.2", unheardOf: {} }, destination: { qemu: "7.2" } }, false],
    [{ source: { qemu: "7.2" } }, false],
    [
      JSON.parse('{"source":{"qemu":"7.2","capabilities":{"__proto__":true}},"destination":{"qemu":"7.2"}}'),
      false,
    ],
  ])("%j: %s", (json, plain) => {
    expect(isPlainScenario(json)).toBe(plain);
  });
});
