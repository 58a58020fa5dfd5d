import { describe, expect, it } from "vitest";
import { bytesOf, recordsOf } from "../../../test/crafted-peers.ts";
import { loadAlone } from "../../../test/load-alone.ts";

const RECORDS = new URL("../../../fixtures/peers/crafted.ndjson", import.meta.url);

const records = recordsOf(RECORDS).filter(
  ({ side, connections }) => side === "destination" && connections.length === 1,
);

/** What channels that are not the main one do is told elsewhere. */
const PEEKED = /unknown channel magic|Failed to peek/;

describe("the main channel of a destination", () => {
  it.for(records.map((record) => [record.id, record] as const))("%s", ([, record]) => {
    const [connection] = record.connections;
    const expected = record.observed.map(({ stderr }) => stderr ?? "");
    if (expected.some((text) => PEEKED.test(text))) return;
    const options = {
      ...(record.machine ? { machine: record.machine } : {}),
      ...(record.capabilities ? { capabilities: record.capabilities } : {}),
      memoryMiB: 32,
    };
    const { lines, failure } = loadAlone(record.peer.slice(5), options, [
      connection ? bytesOf(connection) : new Uint8Array(0),
    ]);
    expect(expected).toContain(lines.join("\n"));
    expect(failure?.how ?? "loaded").toBe(record.observed[0]?.exit === 1 ? "refused" : "loaded");
  });
});
