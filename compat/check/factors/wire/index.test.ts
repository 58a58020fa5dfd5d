import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LINES, saidBy, wireEnding, wirePair } from "../../../../test/wire-ending.ts";
import { MODES } from "../../scenario.ts";
import { WIRE_FACTORS, WIRE_WORDINGS } from "./index.ts";

const CAPABILITIES = [
  ...["multifd", "x-multifd", "return-path", "postcopy-ram", "compress", "xbzrle", "validate-uuid"],
  ...["switchover-ack", "x-ignore-shared", "mapped-ram", "pause-before-switchover", "__proto__", "nonsense"],
];
const PARAMETERS = [
  ...[
    "multifd-channels",
    "multifd-compression",
    "zero-page-detection",
    "x-multifd-channels",
    "max-bandwidth",
  ],
  ...["x-multifd-page-count", "downtime-limit", "tls-creds", "constructor"],
];
const value = fc.oneof(
  fc.constantFrom("none", "zlib", "zstd", "qatzip", "legacy", "multifd", "tls0", "", null, true),
  fc.integer({ min: -1, max: 300 }),
  fc.anything(),
);
const side = fc.record(
  {
    machine: fc.constantFrom(
      "pc",
      "pc-i440fx-2.3",
      "pc-i440fx-5.2",
      "pc-q35-11.1",
      "none",
      "x".repeat(10_000),
    ),
    capabilities: fc.dictionary(fc.constantFrom(...CAPABILITIES), fc.boolean()),
    parameters: fc.dictionary(fc.constantFrom(...PARAMETERS), value),
    memoryMiB: fc.integer({ min: 1, max: 1 << 20 }),
    uuid: fc.oneof(fc.uuid(), fc.string(), fc.constant("a".repeat(100_000))),
  },
  { requiredKeys: [] },
);

describe("the rules of the wire", () => {
  it("have a wording each, and no wording is without a rule", () => {
    expect(Object.keys(WIRE_WORDINGS).toSorted()).toEqual(WIRE_FACTORS.map(({ rule }) => rule).toSorted());
    expect(WIRE_FACTORS.every(({ purpose }) => purpose.startsWith("Checks that "))).toBe(true);
  });

  it("take whatever is set, and say whole sentences", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("2.5.0", "2.12.0", "3.0.0", "4.2.0", ...LINES),
        fc.constantFrom("2.5.0", "3.1.0", "4.0.0", ...LINES),
        side,
        side,
        fc.constantFrom(...MODES),
        (from, to, source, destination, mode) => {
          const pair = wirePair([from, to], source, destination, mode);
          const ending = wireEnding(pair);
          for (const said of [...saidBy(ending.source), ...saidBy(ending.destination)]) {
            expect(said).not.toMatch(/undefined|NaN|\[object/);
            expect(said).not.toBe("");
          }
          for (const { rule, find } of WIRE_FACTORS)
            for (const { args } of find(pair)) {
              const wording = WIRE_WORDINGS[rule];
              const sentences = [wording?.message(args) ?? "", wording?.remedy(args) ?? "."];
              for (const text of sentences) expect(text.endsWith(".")).toBe(true);
            }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
