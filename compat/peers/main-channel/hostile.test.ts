import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hexBytes } from "../../../codec/layout/index.ts";
import { fixtures, load } from "../../../test/captures.ts";
import { loadAlone } from "../../../test/load-alone.ts";

const MACHINE = "pc-i440fx-5.2";
const VERSIONS = ["4.0.0", "5.2.0", "7.2.22", "8.2.0", "10.0.13", "10.2.0", "11.1.3"];
const HEADER = "5145564d00000003070000000d70632d6934343066782d352e32";
const SUBSECTION = "051a636f6e66696775726174696f6e2f6361706162696c69746965730000000100000000";
const RAM = "01000000020372616d0000000000000004";
const BLOCKS = "00000000020000040670632e72616d0000000002000000";
const PAGES =
  "00000000000010020670632e72616d000000000000002022000000000000003060010004000261620000000000000010";
const FOOTER = "7e00000002";
const END = `03000000020000000000000010${FOOTER}00`;
const SMALL = hexBytes(HEADER + SUBSECTION + RAM + BLOCKS + PAGES + FOOTER + END);

const options = { machine: MACHINE, memoryMiB: 32 };

describe("a main channel", () => {
  it("is read by releases before capabilities were told", () => {
    const bytes = hexBytes(HEADER + RAM + BLOCKS + PAGES + FOOTER + END);
    for (const version of ["2.5.0", "2.7.0", "2.12.0", "3.1.0"])
      expect(loadAlone(version, options, [bytes]).failure).toBeUndefined();
  });

  it.for(VERSIONS)("of %s is read alike at every split", (version) => {
    const whole = loadAlone(version, options, [SMALL]);
    for (let at = 1; at < SMALL.length; at++)
      expect(loadAlone(version, options, [SMALL.subarray(0, at), SMALL.subarray(at)])).toEqual(whole);
    expect(
      loadAlone(
        version,
        options,
        Array.from(SMALL, (byte) => Uint8Array.of(byte)),
      ),
    ).toEqual(whole);
  });

  it.for(VERSIONS)("of %s fails somehow at every end but the last", (version) => {
    for (let end = 0; end < SMALL.length - 1; end++) {
      const { failure } = loadAlone(version, options, [SMALL.subarray(0, end)]);
      expect(failure?.how, `at ${end}`).toBe("refused");
    }
    expect(loadAlone(version, options, [SMALL]).failure).toBeUndefined();
  });

  it("with other bytes never throws, and ends", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VERSIONS),
        fc.constantFrom("", HEADER, HEADER + RAM, HEADER + RAM + BLOCKS),
        fc.uint8Array({ maxLength: 200 }),
        (version, before, bytes) => {
          loadAlone(version, options, [hexBytes(before), bytes]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("that is damaged never throws, and is read alike in pieces", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VERSIONS),
        fc.nat({ max: SMALL.length - 1 }),
        fc.nat({ max: 255 }),
        fc.nat({ max: SMALL.length }),
        (version, at, byte, split) => {
          const bytes = SMALL.slice();
          bytes[at] = byte;
          const whole = loadAlone(version, options, [bytes]);
          const pieces = [bytes.subarray(0, split), bytes.subarray(split)];
          expect({ ...loadAlone(version, options, pieces), early: whole.early }).toEqual(whole);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("with devices is read alike in any chunks", () => {
    const capture = fixtures.find(({ file }) => file.startsWith("precopy-7.2-i440fx"));
    if (!capture) throw new Error("no such fixture");
    const bytes = load(capture);
    const whole = loadAlone("7.2.22", { machine: MACHINE }, [bytes]);
    expect(whole).toMatchObject({ failure: undefined, lines: [] });
    for (const size of [257, 4096, 65521]) {
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      expect(loadAlone("7.2.22", { machine: MACHINE }, chunks)).toEqual(whole);
    }
  });
});
