import { describe, expect, it } from "vitest";
import { fixtures, load, readAll } from "../../../test/captures.ts";
import { mulberry32, told } from "../../../test/told.ts";

describe.each(fixtures)("$file", (capture) => {
  const data = load(capture);
  const whole = told(data, (bytes, sink) => readAll(bytes, sink, data.length));

  it("tells the same byte by byte", () => {
    expect(told(data, (bytes, sink) => readAll(bytes, sink, 1))).toEqual(whole);
  });

  it("tells the same, pages and spans too, in pieces of any size", () => {
    const all = { pages: true, spans: true };
    const expected = told(data, (bytes, sink) => readAll(bytes, sink, data.length), all);
    const random = mulberry32(data.length);
    for (let run = 0; run < 3; run++) {
      const size = 1 + Math.floor(random() * 9000);
      const found = told(data, (bytes, sink) => readAll(bytes, sink, size), all);
      expect(found, `in pieces of ${size} bytes`).toEqual(expected);
    }
  });
});
