import { describe, expect, it } from "vitest";
import { constructs } from "../../../test/constructs.ts";
import { check, listen, maybeEnded, mayEnd } from "../../../test/prefixes.ts";
import { inPieces } from "../../../test/told.ts";

/** Where streams do not say what they are in time, and so may be taken for something else when cut there. */
const UNSURE: Readonly<Record<string, (data: Uint8Array, length: number) => boolean>> = {
  // What is cut within the first page may as well be damaged behind a page of 4 KiB.
  "pages of 8 KiB": (data, length) => length > data.length - 9000 && length < data.length - 30,
  "pages of 64 KiB": (data, length) => length > data.length - 66_000 && length < data.length - 30,
};

/** Longer streams are cut at every so many bytes, but everywhere near their ends. */
const ALL_LENGTHS = 6000;

describe.each(constructs)("every prefix of $name", ({ name, data }) => {
  it("ends where it is cut", { timeout: 600_000 }, () => {
    const whole = listen(data, inPieces(), true);
    const ends = mayEnd(data);
    const step = Math.ceil(data.length / ALL_LENGTHS);
    for (
      let length = 0;
      length < data.length;
      length += length > 500 && length < data.length - 500 ? step : 1
    ) {
      const prefix = listen(data.subarray(0, length), inPieces(), true);
      const at = `cut at ${length}`;
      if (ends.has(length)) expect(prefix.ends, at).toMatchObject([{ reason: "eof", offset: length }]);
      else if (UNSURE[name]?.(data, length) || maybeEnded(whole, prefix, data, length))
        expect([prefix.last, prefix.ends.length], at).toEqual(["end", 1]);
      else check(prefix, whole, length);
    }
  });
});
