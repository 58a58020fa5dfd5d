import { describe, expect, it } from "vitest";
import { type Capture, fixtures, foreign, load } from "../../../test/captures.ts";
import { loadAlone } from "../../../test/load-alone.ts";

const FULL: Readonly<Record<string, string>> = {
  "5.2": "5.2.0",
  "7.2": "7.2.22",
  "10.0": "10.0.13",
  "11.1": "11.1.3",
};

/** What the receiving side must have been started with. */
const WITH = ["mapped-ram", "compress", "x-ignore-shared", "postcopy-ram"];

function optionsOf({ machine, capabilities, ramBlocks }: Capture) {
  const alike = Object.fromEntries(WITH.map((name) => [name, capabilities[name] === true]));
  return {
    ...(machine === null ? {} : { machine }),
    capabilities: alike,
    blocks: ramBlocks.map(({ idstr, usedLength }) => ({ idstr, length: usedLength })),
  };
}

/** One was written behind another file's header, one was read with a UUID. */
const OTHERWISE = /^file-offset|late/;
const STREAMS = [...fixtures, ...foreign].filter(
  ({ file }) => /^precopy|^xbzrle|^compress|^file|^mapped/.test(file) && !OTHERWISE.test(file),
);

describe("a captured stream", () => {
  it.for(STREAMS.map((capture) => [capture.file, capture] as const))(
    "%s loads on its own release",
    ([, capture]) => {
      const version = Object.entries(FULL).find(([line]) => capture.qemu.startsWith(line))?.[1] ?? "7.2.22";
      const bytes = load(capture);
      const { lines, failure } = loadAlone(version, optionsOf(capture), [bytes]);
      expect(lines).toEqual([]);
      expect(failure).toBeUndefined();
    },
  );
});
