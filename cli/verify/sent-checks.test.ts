import { describe, expect, it } from "vitest";
import { fixtures, load, summarise } from "../../test/captures.ts";
import { concat, configuration, device, eof, header } from "../../test/streams.ts";
import type { ImageReading } from "../image/read-image.ts";
import { sentChecks } from "./sent-checks.ts";
import { createSeenRam } from "./survivors.ts";

const fixture = (name: string) => {
  const found = fixtures.find(({ file }) => file === name);
  if (!found) throw new TypeError(`no fixture ${name}`);
  return load(found);
};

const stream = fixture("precopy-10.0-q35-5.2.bin");

/** What is said of an image of this stream, as far as the checks look at one. */
function checked(data: Uint8Array, { model }: { readonly model?: string } = {}) {
  const seen = createSeenRam();
  const { findings, ...summary } = summarise(data, { place: seen.place });
  const xml = { memoryDevices: model ? [{ model }] : [] };
  const reading = { stream: { findings, end: summary.end }, summary, xml };
  return sentChecks(reading as unknown as ImageReading, seen).map(({ rule, level, args }) => [
    rule,
    level,
    args.pages ?? args.found,
  ]);
}

/** A copy in which the first record of a zero page is one that says nothing. */
function flushed(): Uint8Array {
  const copy = stream.slice();
  const view = new DataView(copy.buffer);
  for (let at = 200; ; at++) {
    const word = view.getBigUint64(at);
    const next = view.getBigUint64(at + 9);
    if ((word & 0xfffn) !== 0x22n || copy[at + 8] !== 0 || next !== word + 4096n) continue;
    view.setBigUint64(at, 0x200n);
    copy.copyWithin(at + 8, at + 9);
    return copy.subarray(0, copy.length - 1);
  }
}

describe("what came of RAM", () => {
  it.each(["precopy-10.0-q35-5.2.bin", "mapped-ram-10.0.bin.gz", "ignore-shared-7.2.bin.gz"])(
    "is all of it in %s",
    (name) => {
      expect(checked(fixture(name))).toEqual([]);
    },
  );

  it("lacks a page whose record became another", () => {
    const missing = [
      ["MULTIFD_FLUSH_EXPECTED", "warning", 1],
      ["RAM_PAGES_SENT", "warning", 1],
    ];
    expect(checked(flushed())).toEqual(missing);
    expect(checked(flushed(), { model: "virtio-mem" })).toEqual(missing.slice(0, 1));
  });

  it("is nothing where there is no section of RAM", () => {
    const devices = concat(header(), configuration("none"), device(5, "timer", new Uint8Array(4)), eof());
    expect(checked(devices)).toEqual([["RAM_SECTION_PRESENT", "error", undefined]]);
  });

  it("is not asked of a stream that ends too early", () => {
    expect(checked(stream.subarray(0, 100_000))).toEqual([]);
    expect(checked(flushed().subarray(0, 200_000))).toEqual([]);
  });
});
