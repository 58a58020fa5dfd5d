import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { events, inPieces, inSteps, told } from "../../../test/told.ts";

const DAMAGED = new URL("../../../fixtures/damaged/", import.meta.url);

interface Damaged {
  readonly file: string;
  readonly what: string;
  readonly size: number;
  readonly end: string;
  readonly rules: readonly string[];
  readonly sections: readonly string[];
}

const files: readonly Damaged[] = JSON.parse(readFileSync(new URL("manifest.json", DAMAGED), "utf8")).files;

describe("inputs that were once read wrongly", () => {
  it("are all in the manifest", () => {
    const listed = files.map(({ file }) => file).concat("manifest.json");
    expect(readdirSync(DAMAGED).sort()).toEqual(listed.sort());
  });

  it.each(files)("$file: $what", ({ file, size, end, rules, sections }) => {
    const data = new Uint8Array(gunzipSync(readFileSync(new URL(file, DAMAGED))));
    expect(data.length).toBe(size);
    const all = events(data);
    expect(all.flatMap((event) => (event.kind === "finding" ? event.finding.rule : []))).toEqual(rules);
    expect(
      all.flatMap(({ ...event }) =>
        event.kind === "section"
          ? `${event.section.idstr} ${event.section.kind} ${event.section.understood}`
          : [],
      ),
    ).toEqual(sections);
    expect(all.at(-1)).toMatchObject({ kind: "end", reason: end });
    const everything = { pages: true, spans: true };
    expect(told(data, inSteps(7), everything)).toEqual(told(data, inPieces(), everything));
  });
});
