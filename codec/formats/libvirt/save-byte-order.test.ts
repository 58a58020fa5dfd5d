import { describe, expect, it } from "vitest";
import { saveImage } from "../../../test/save-images.ts";
import { byteOrderOf, libvirtReading } from "../../index.ts";
import type { Endian } from "../../layout/index.ts";

function header(version: number, endian: Endian = "le"): Uint8Array {
  return saveImage({ endian, header: { version } });
}

describe("libvirt's reading of a header", () => {
  it.each<[string, Uint8Array, Endian, Partial<ReturnType<typeof libvirtReading>>]>([
    ["its own", header(2), "le", { endian: "le", swapped: false, version: 2, accepted: true }],
    ["a foreign one", header(2, "be"), "le", { endian: "be", swapped: true, version: 2, accepted: true }],
    [
      "its own, on a big-endian host",
      header(2, "be"),
      "be",
      { endian: "be", swapped: false, accepted: true },
    ],
    ["a foreign one, on a big-endian host", header(2), "be", { endian: "le", swapped: true, accepted: true }],
    ["version 3: the number with its bytes swapped", header(3), "le", { version: 50331648, accepted: false }],
    ["version 3 of the other order", header(0x03000000), "le", { version: 3, accepted: false }],
    [
      "version 0, which is never swapped",
      header(0, "be"),
      "le",
      { endian: "le", swapped: false, accepted: true },
    ],
    ["all ones", header(0xffffffff), "le", { version: 0xffffffff, accepted: false }],
  ])("is right for %s", (_, data, host, expected) => {
    expect(libvirtReading(data, host)).toMatchObject(expected);
  });

  it("did not swap before 0.9.1, and took negative versions", () => {
    expect(libvirtReading(header(2, "be"), "le", "signed")).toMatchObject({
      version: 0x02000000,
      accepted: false,
    });
    expect(libvirtReading(header(0xffffffff), "le", "signed")).toMatchObject({
      swapped: false,
      accepted: true,
    });
    expect(libvirtReading(header(1), "le", "signed")).toMatchObject({ version: 1, accepted: true });
  });
});

describe("the byte order of a header of an unknown host", () => {
  it.each<[string, Uint8Array, ReturnType<typeof byteOrderOf>]>([
    ["little", header(2), { endian: "le", known: true, foreign: [] }],
    ["big", header(2, "be"), { endian: "be", known: true, foreign: [] }],
    ["unknown version", header(3), { endian: "le", known: false, foreign: [] }],
    [
      "version 0 with the others big-endian",
      header(0, "be"),
      { endian: "le", known: true, foreign: ["dataLength", "wasRunning", "cookieOffset"] },
    ],
  ])("%s", (_, data, expected) => {
    expect(byteOrderOf(data)).toEqual(expected);
  });
});
