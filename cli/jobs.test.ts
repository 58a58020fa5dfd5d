import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { RECV_BITMAP } from "../codec/formats/stream/qemu-command.ts";
import { command, concat, eof, normalPage, pageOf, ramEnd, ramPart, ramStream } from "../test/streams.ts";
import { temporaryDirectory } from "../test/temporary.ts";
import { jobsOf } from "./jobs.ts";

const main = ramStream([{ idstr: "pc.ram", usedLength: 8192 }], []);
const asks = command(RECV_BITMAP, Uint8Array.of(6, ...new TextEncoder().encode("pc.ram")));
const page = normalPage(0, pageOf(1), "pc.ram");
const recoveries = {
  paused: concat(asks, ramPart([page])).subarray(0, -7),
  again: concat(asks, ramPart([page])),
  last: concat(asks, ramPart([page]), ramEnd(), eof()),
};

function orderOf(files: Readonly<Record<string, Uint8Array>>): readonly string[] {
  const directory = temporaryDirectory();
  const names = Object.entries(files).map(([name, bytes]) => {
    const path = join(directory, name);
    writeFileSync(path, bytes);
    return path;
  });
  const [job, ...more] = jobsOf(names, {});
  expect(more).toEqual([]);
  return job?.kind === "channels" ? job.sources.map(({ name }) => basename(name)) : [];
}

describe("the files of one migration", () => {
  const { paused, again, last } = recoveries;
  it.each([
    { last, paused, main, again },
    { main, last, paused, again },
    { paused, again, last, main },
  ])("end with the recovery that ends well: %#", (files) => {
    expect(orderOf(files)).toEqual(["main", "paused", "again", "last"]);
  });

  it("are taken as they are given where their end is not seen", () => {
    expect(orderOf({ main, last: gzipSync(last), paused })).toEqual(["main", "last", "paused"]);
    expect(orderOf({ main, tiny: asks.subarray(0, 5), last, paused })).toEqual([
      "main",
      "tiny",
      "paused",
      "last",
    ]);
  });
});
