import { describe, expect, it } from "vitest";
import { readAll } from "../../../test/captures.ts";
import { constructs } from "../../../test/constructs.ts";
import { events, inPieces, inSteps, mulberry32, told } from "../../../test/told.ts";

const EVERYTHING = { pages: true, spans: true };
/** Where a cut in two is tried, for streams too long to cut at every byte. */
const MOST_CUTS = 12_000;

describe.each(constructs)("a stream with $name", ({ data, rules }) => {
  const plain = told(data, inPieces());
  const whole = told(data, inPieces(), EVERYTHING);

  it("is read to its end, with no more remarks than it deserves", () => {
    const all = events(data);
    expect(all.at(-1)).toMatchObject({ kind: "end", reason: "eof", offset: data.length });
    expect(all.flatMap((event) => (event.kind === "finding" ? event.finding.rule : []))).toEqual(rules);
    const sections = all.flatMap((event) => (event.kind === "section" ? event.section.understood : []));
    expect(sections.filter((understood) => understood === "damaged" || understood === "cut")).toEqual([]);
  });

  it("tells the same when cut in two anywhere", () => {
    const step = Math.ceil(data.length / MOST_CUTS);
    for (let cut = 1; cut < data.length; cut += step)
      expect(told(data, inPieces(cut)), `cut at ${cut}`).toEqual(plain);
  });

  it("tells the same, pages and spans too, byte by byte", () => {
    expect(told(data, inSteps(1))).toEqual(plain);
    expect(told(data, inSteps(1), EVERYTHING)).toEqual(whole);
  });

  it("tells the same, pages and spans too, in random pieces", () => {
    const random = mulberry32(data.length);
    for (let run = 0; run < 40; run++) {
      const count = 1 + Math.floor(random() * 30);
      const cuts = Array.from({ length: count }, () => Math.floor(random() * data.length));
      cuts.sort((a, b) => a - b);
      expect(told(data, inPieces(...cuts), EVERYTHING), `cut at ${cuts}`).toEqual(whole);
    }
  });

  it("tells the same to a source that seeks", () => {
    for (const chunk of [1, 100, 5000])
      expect(told(data, (bytes, sink) => readAll(bytes, sink, chunk))).toEqual(plain);
  });
});
