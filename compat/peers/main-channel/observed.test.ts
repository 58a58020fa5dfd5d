import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hexBytes } from "../../../codec/layout/index.ts";
import { loadAlone } from "../../../test/load-alone.ts";

const RECORDS = "../shared/lab/crafted-peers.ndjson";

interface Crafted {
  readonly id: string;
  readonly side: string;
  readonly peer: string;
  readonly machine: string;
  readonly capabilities: Readonly<Record<string, boolean>>;
  readonly connections: readonly { readonly hex: string; readonly close: boolean }[];
  readonly observed: readonly {
    readonly stderr?: string;
    readonly exit?: number | null;
    readonly status?: string;
  }[];
}

function records(): Crafted[] {
  if (!existsSync(RECORDS)) return [];
  return readFileSync(RECORDS, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Crafted)
    .filter(({ side, connections }) => side === "destination" && connections.length === 1);
}

/** What channels that are not the main one do is told elsewhere. */
const PEEKED = /unknown channel magic|Failed to peek/;

describe("the main channel of a destination", () => {
  it.for(records().map((record) => [record.id, record] as const))("%s", ([, record]) => {
    const [connection] = record.connections;
    const expected = record.observed.map(({ stderr }) => stderr ?? "");
    if (expected.some((text) => PEEKED.test(text))) return;
    const options = { machine: record.machine, capabilities: record.capabilities, memoryMiB: 32 };
    const { lines, failure } = loadAlone(record.peer.slice(5), options, [hexBytes(connection?.hex ?? "")]);
    expect(expected).toContain(lines.join("\n"));
    expect(failure?.how ?? "loaded").toBe(record.observed[0]?.exit === 1 ? "refused" : "loaded");
  });
});
