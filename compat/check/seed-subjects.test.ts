import { describe, expect, it } from "vitest";
import { bitmapNaming } from "../../test/seed-subjects/bitmap-naming.ts";
import { multifdOrder } from "../../test/seed-subjects/multifd-order.ts";
import { postcopyRecovery } from "../../test/seed-subjects/postcopy-recovery.ts";
import { returnPathMessages } from "../../test/seed-subjects/return-path-messages.ts";
import { saveImageCompleteness } from "../../test/seed-subjects/save-image-completeness.ts";
import { check } from "./check.ts";
import { judge } from "./judge.ts";

describe("multifd order and init packet", multifdOrder);
describe("postcopy recovery", postcopyRecovery);
describe("return-path unknown type and keepalive", returnPathMessages);
describe("save-image completeness", saveImageCompleteness);
describe("bitmap naming", bitmapNaming);

/** A guest that has not touched its device. */
const RNG = { machine: "pc-q35-10.0", devices: [{ driver: "virtio-rng-pci" }] };
const HEARD = { capabilities: { "return-path": true } };
const ways = { check, judge } as const;

describe.each(["check", "judge"] as const)(
  "10.0.13 to 11.1.3 with an untouched virtio device, by %s",
  (way) => {
    const moved = (from: string, to: string, source: object = {}) =>
      ways[way]({ source: { qemu: from, ...RNG, ...source }, destination: { qemu: to, ...RNG } });

    it("is guest-lost, which the verdict says first, with the remedy that works", () => {
      const verdict = moved("10.0.13", "11.1.3");
      expect(verdict).toMatchObject({
        outcome: "guest-lost",
        stage: "switchover",
        source: { state: "completed", error: null },
        destination: { exits: true },
      });
      expect(verdict.destination.error).toMatch(/^VQ 0 vring\.num 1024 exceeds allocated max 8\n/);
      const [finding] = verdict.findings;
      expect(finding?.rule).toBe("VIRTQUEUES_FIT");
      expect(finding?.message).toMatch(/^The source would report success and the guest would be lost: /);
      expect(finding?.remedy).toContain("return-path on the source");
      expect(finding?.fix).toEqual([{ end: "source", capability: "return-path", value: true }]);
    });

    it("fails with a return path, and the guest runs on", () => {
      expect(moved("10.0.13", "11.1.3", HEARD)).toMatchObject({
        outcome: "fails",
        source: { state: "failed" },
        destination: { exits: true },
      });
    });

    it("completes the other way", () => {
      expect(moved("11.1.3", "10.0.13")).toMatchObject({ outcome: "completes", alternatives: [] });
      expect(moved("11.1.3", "10.0.13", HEARD).outcome).toBe("completes");
    });

    it("is of these point releases only", () => {
      expect(moved("10.0.0", "11.1.3").outcome).toBe("completes");
    });
  },
);
