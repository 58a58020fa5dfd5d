import { describe, expect, it } from "vitest";
import { isPlausible } from "./qemu-boundary.ts";

describe("the version of a section", () => {
  it.each([
    ["timer", 2, true],
    ["0000:00:02.0/eeprom", 20_061_113, true],
    ["0000:00:02.0/eeprom", 20_061_114, false],
    ["timer", 0x10000, false],
    ["\u0007", 1, false],
  ])("of %j may be %i: %s", (idstr, version, expected) => {
    expect(isPlausible(idstr, version)).toBe(expected);
  });
});
