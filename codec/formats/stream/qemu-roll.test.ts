import { describe, expect, it } from "vitest";
import { fixtures, load } from "../../../test/captures.ts";
import { events } from "../../../test/told.ts";

const fixture = fixtures.find(({ file }) => file === "precopy-10.0-q35-5.2.bin");
const stream = fixture ? load(fixture) : new Uint8Array(0);

/** Findings of a copy with other bytes somewhere in the header of a section. */
function changed(idstr: string, at: number, ...bytes: readonly number[]) {
  const copy = stream.slice();
  const name = Array.from(idstr, (letter) => letter.charCodeAt(0));
  const start = copy.findIndex(
    (_, i) => copy[i - 1] === name.length && name.every((c, j) => copy[i + j] === c),
  );
  copy.set(bytes, start + at);
  return events(copy).flatMap((event) =>
    event.kind === "finding" ? [`${event.finding.rule} ${event.finding.level}`] : [],
  );
}

describe("devices of the stream and of the vmdescription", () => {
  it("are the same", () => {
    expect(changed("i8254", 0)).toEqual([]);
  });

  it.each([
    ["another name", 0, 0x78],
    ["another instance", 8, 7],
  ])("differ by %s", (_, at, byte) => {
    expect(changed("i8254", at, byte)).toEqual(["DEVICE_DESCRIBED error", "DEVICE_PRESENT warning"]);
  });

  it.each([0, 9])("differ by version %i", (version) => {
    expect(changed("i8254", 12, version)).toEqual(["DEVICE_VERSION_AGREES error"]);
  });

  it.each([
    ["name", 2, 0x78],
    ["instance", 6, 1],
  ])("lack RAM where that has another %s", (_, at, byte) => {
    expect(changed("ram", at, byte)).toContain("RAM_SECTION_PRESENT error");
  });
});
