import { describe, expect, it } from "vitest";
import { canonicalMachine, hasMachine } from "./machine.ts";

describe("machine types", () => {
  it.each([
    ["pc-i440fx-5.2", "5.2.0", true],
    ["pc-i440fx-5.2", "11.1.3", true],
    ["pc-i440fx-5.1", "11.1.3", false],
    ["pc-i440fx-1.4", "7.2.22", true],
    ["pc-i440fx-2.3", "10.0.13", false],
    ["pc-1.3", "5.2.0", true],
    ["pc-1.3", "7.2.22", false],
    ["pc-q35-4.0.1", "10.0.13", true],
    ["pc-q35-4.0.1", "11.1.3", false],
    ["pc", "11.1.3", true],
    ["nitro", "11.1.3", true],
    ["nitro", "10.0.13", false],
    ["pc-i440fx-9.9", "10.0.13", false],
    ["pc-i440fx-6.2", "6.2.0", true],
    ["pc-i440fx-9.2", "8.2.0", false],
    ["pc-i440fx-5.2", "8.2.0", true],
    ["pc-i440fx-2.0", "9.0.0", true],
    ["pc-i440fx-1.7", "9.0.0", false],
    ["pseries-5.2", "11.1.3", undefined],
    ["virt-9.0", "8.2.0", false],
    ["pc-i440fx-5.2", "3.0.0", false],
    ["virt-8.0", "8.2.0", undefined],
  ])("%s on QEMU %s: %s", (machine, qemu, known) => {
    expect(hasMachine(machine, qemu)).toBe(known);
  });

  it("go by their own name in a stream", () => {
    expect(canonicalMachine("q35", "10.0.13")).toBe("pc-q35-10.0");
    expect(canonicalMachine("pc", "8.2.0")).toBeUndefined();
    expect(canonicalMachine("pc-i440fx-5.2", "8.2.0")).toBe("pc-i440fx-5.2");
  });
});
