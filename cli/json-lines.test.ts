import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../test/temporary.ts";
import { eachLine, lineWriter } from "./json-lines.ts";

describe("lines of an input", () => {
  it("come one by one, without blank ones, the last one without its newline too", async () => {
    const file = join(temporaryDirectory(), "lines");
    writeFileSync(file, '{"a":1}\r\n\n  {"b":"ü"}\nlast');
    const lines: string[] = [];
    let pauses = 0;
    await eachLine(
      file,
      (line) => lines.push(line),
      () => pauses++,
    );
    expect(lines).toEqual(['{"a":1}', '{"b":"ü"}', "last"]);
    expect(pauses).toBeGreaterThan(0);
  });

  it("are written together", () => {
    const written: string[] = [];
    const output = {
      out: (text: string) => written.push(text),
      err: () => {},
      colour: false,
      interactive: false,
    };
    const { line, flush } = lineWriter(output);
    line({ a: 1 });
    line({ b: 2 });
    flush();
    flush();
    expect(written).toEqual(['{"a":1}\n{"b":2}\n']);
  });
});
