import { describe, it } from "vitest";
import { fixtures, load, readAll } from "../../../test/captures.ts";
import { check, listen, maybeEnded, mayEnd } from "../../../test/prefixes.ts";
import { mulberry32 } from "../../../test/told.ts";

/** Lengths tried of each fixture; by day fewer, above all of those with very many sections. */
const SAMPLES = process.env.NIGHTLY ? 2000 : 400;
const FEWER: Readonly<Record<string, number>> = process.env.NIGHTLY
  ? {}
  : { "dirty-bitmap-7.2.bin.gz": 75, "dirty-bitmap-11.1-mapping.bin.gz": 200 };

describe.each(fixtures)("prefixes of $file", (capture) => {
  it("end where they are cut", { timeout: 600_000 }, () => {
    const data = load(capture);
    const whole = listen(data, readAll, false);
    const ends = mayEnd(data);
    const random = mulberry32(capture.size);
    const samples = FEWER[capture.file] ?? SAMPLES;
    for (let sample = 0; sample < samples; sample++) {
      const length = Math.floor(random() * data.length);
      if (ends.has(length)) continue;
      const prefix = listen(data.subarray(0, length), readAll, false);
      if (!maybeEnded(whole, prefix, data, length)) check(prefix, whole, length);
    }
  });
});
