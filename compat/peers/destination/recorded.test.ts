import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hexBytes } from "../../../codec/layout/index.ts";
import type { Seen } from "../ending.ts";
import { type PeerOptions, qemuPeer } from "../peer.ts";
import { createDestination } from "./destination.ts";

const RECORDS = new URL("../../../../shared/lab/crafted-peers.ndjson", import.meta.url);

interface Recorded extends PeerOptions {
  readonly id: string;
  readonly side: "source" | "destination";
  readonly peer: string;
  readonly connections: readonly { readonly hex: string; readonly close: boolean }[];
  readonly observed: readonly Partial<Record<keyof ReturnType<typeof described>, unknown>>[];
}

/** In the words of a record, which tells the last status of a process that ended, and who was dead at any time. */
function described(open: Seen, closed: Seen) {
  return {
    statusWhileOpen: open.status,
    aliveWhileOpen: open.alive,
    status: closed.alive && !closed.monitorDead ? closed.status : open.status,
    exit: closed.exit,
    stderr: closed.stderr,
    monitorDead: open.monitorDead || closed.monitorDead,
  };
}

function modelled({ peer, connections, ...options }: Recorded): ReturnType<typeof described> {
  const process = createDestination(qemuPeer(peer, { memoryMiB: 32, ...options }));
  const left = connections.flatMap(({ hex, close }) => {
    const number = process.connect();
    process.push(number, hexBytes(hex));
    if (close) process.close(number);
    return close ? [] : [number];
  });
  const open = process.seen();
  for (const number of left) process.close(number);
  return described(open, process.seen());
}

describe.skipIf(!existsSync(RECORDS))("a destination and the real one", () => {
  const records: readonly Recorded[] = existsSync(RECORDS)
    ? readFileSync(RECORDS, "utf8")
        .trim()
        .split("\n")
        .map((line): Recorded => JSON.parse(line))
        .filter(({ side }) => side === "destination")
    : [];

  it.each(records.map((record) => [record.id, record] as const))("agree on %s", (_, record) => {
    const seen = record.observed.map(
      ({ statusWhileOpen, aliveWhileOpen, status, exit, stderr, monitorDead }) => ({
        statusWhileOpen: statusWhileOpen ?? null,
        aliveWhileOpen: aliveWhileOpen ?? false,
        status: status ?? null,
        exit: exit ?? null,
        stderr: stderr ?? "",
        monitorDead: monitorDead ?? false,
      }),
    );
    expect(seen).toContainEqual(modelled(record));
  });
});
