import { readFileSync } from "node:fs";
import { hexBytes } from "../codec/layout/index.ts";
import { createDestination } from "../compat/peers/destination/destination.ts";
import { type PeerOptions, qemuPeer } from "../compat/peers/peer.ts";

/** What one real destination did with crafted input. */
export interface RecordedPeer extends PeerOptions {
  readonly id: string;
  readonly peer: string;
  readonly connections: readonly { readonly hex: string; readonly close: boolean }[];
  readonly observed: readonly {
    readonly statusWhileOpen?: string;
    readonly status?: string;
    readonly exit?: number;
    readonly stderr: string;
  }[];
}

/** The records of a file of `fixtures/peers`. */
export function recordedPeers(file: string): readonly RecordedPeer[] {
  const text = readFileSync(new URL(`../fixtures/peers/${file}`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line): RecordedPeer => JSON.parse(line));
}

/** What the model's destination does with it, in the words of a record; in pieces where `cuts` says so. */
export function modelled(
  record: RecordedPeer,
  cuts: readonly number[] = [],
): RecordedPeer["observed"][number] {
  const { peer, connections } = record;
  const process = createDestination(qemuPeer(peer, record));
  const open = connections.map(({ hex, close }) => {
    const connection = process.connect();
    const bytes = hexBytes(hex);
    [0, ...cuts].forEach((cut, i) => {
      process.push(connection, bytes.slice(cut, cuts[i] ?? bytes.length));
    });
    if (close) process.close(connection);
    return connection;
  });
  const before = process.seen();
  for (const connection of open) process.close(connection);
  const { status, exit, stderr } = process.seen();
  return {
    ...(before.status !== null && { statusWhileOpen: before.status }),
    ...(status !== null && { status }),
    ...(exit !== null && { exit }),
    stderr,
  };
}

/** What was seen, as far as `modelled()` tells it. */
export function recorded({ observed: [first] }: RecordedPeer): RecordedPeer["observed"][number] {
  if (!first) throw new TypeError("a record without an observation");
  const { statusWhileOpen, status, exit, stderr } = first;
  return {
    ...(statusWhileOpen !== undefined && { statusWhileOpen }),
    ...(status !== undefined && { status }),
    ...(exit !== undefined && { exit }),
    stderr,
  };
}
