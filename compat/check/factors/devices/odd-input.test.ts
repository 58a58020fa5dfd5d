import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairOf } from "../../end.ts";
import type { ScenarioPeer } from "../../scenario.ts";
import { DEVICES_FACTORS, DEVICES_WORDINGS } from "./index.ts";

const VERSIONS = ["2.5", "4.0", "5.2.0", "7.2", "7.2.22", "8.0", "10.0.13", "11.1.3"];
const DRIVERS = [
  "virtio-rng-pci",
  "virtio-blk-pci",
  "e1000",
  "VGA",
  "nvme",
  "igb",
  "__proto__",
  "toString",
  "",
];

const loose = fc.oneof(fc.anything(), fc.string());
const device = fc.record(
  {
    driver: fc.oneof(fc.constantFrom<unknown>(...DRIVERS), loose),
    addr: fc.oneof(fc.constantFrom<unknown>(5, "5.0", "1f.7", "0x3", -1), loose),
    id: loose,
    properties: fc.oneof(fc.dictionary(fc.string(), loose), loose),
  },
  { requiredKeys: [] },
);
const bitmap = fc.record({ node: loose, name: loose }, { requiredKeys: [] });
const peer = fc
  .record(
    {
      qemu: fc.constantFrom(...VERSIONS),
      machine: fc.oneof(fc.constantFrom("pc", "q35", "pc-i440fx-5.2", "pc-q35-7.2", "virt-7.2", ""), loose),
      cpus: fc.oneof(fc.integer(), fc.double(), loose),
      memoryMiB: fc.oneof(fc.integer(), fc.double(), loose),
      capabilities: fc.constant({ "dirty-bitmaps": true }),
      parameters: fc.record(
        { "block-bitmap-mapping": fc.oneof(fc.array(loose), loose) },
        { requiredKeys: [] },
      ),
      devices: fc.oneof(fc.array(device), loose),
      bitmaps: fc.oneof(fc.array(bitmap), loose),
      nodes: fc.oneof(fc.array(loose), loose),
    },
    { requiredKeys: ["qemu"] },
  )
  .map((value) => value as unknown as ScenarioPeer);

describe("odd peers", () => {
  it("never throws, and has words for all that it finds", () => {
    fc.assert(
      fc.property(peer, peer, (source, destination) => {
        const pair = pairOf({ source, destination });
        for (const factor of DEVICES_FACTORS)
          for (const { args } of factor.find(pair)) {
            expect(DEVICES_WORDINGS[factor.rule]?.message(args)).toMatch(/\S/);
            DEVICES_WORDINGS[factor.rule]?.remedy(args);
          }
      }),
      { numRuns: 300 },
    );
  });
});
