import { createDestination } from "../compat/peers/destination/destination.ts";
import { qemuPeer } from "../compat/peers/peer.ts";
import { bytesOf, type CraftedRecord, type Observed, recordsOf } from "./crafted-peers.ts";

/** The records of a file of `fixtures/peers`. */
export function recordedPeers(file: string): readonly CraftedRecord[] {
  return recordsOf(new URL(`../fixtures/peers/${file}`, import.meta.url));
}

/** What the model's destination does with it, in the words of a record; in pieces where `cuts` says so. */
export function modelled(record: CraftedRecord, cuts: readonly number[] = []): Observed {
  const { peer, connections } = record;
  const process = createDestination(qemuPeer(peer, record));
  const open = connections.map((sent) => {
    const connection = process.connect();
    const bytes = bytesOf(sent);
    [0, ...cuts].forEach((cut, i) => {
      process.push(connection, bytes.slice(cut, cuts[i] ?? bytes.length));
    });
    if (sent.close) process.close(connection);
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
export function recorded({ observed: [first] }: CraftedRecord): Observed {
  if (!first) throw new TypeError("a record without an observation");
  const { statusWhileOpen, status, exit, stderr = "" } = first;
  return {
    ...(statusWhileOpen !== undefined && { statusWhileOpen }),
    ...(status !== undefined && { status }),
    ...(exit !== undefined && { exit }),
    stderr,
  };
}
