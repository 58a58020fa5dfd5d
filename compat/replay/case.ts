import { notStarted } from "../peers/not-started.ts";
import { type PeerOptions, type Phase, qemuPeer } from "../peers/peer.ts";
import { startPeer } from "../peers/process.ts";
import { answerOf, type ReplayAnswer } from "./answer.ts";

/** Bytes for one peer, on one or more connections. */
export interface ReplayCase extends PeerOptions {
  readonly id: string;
  /** Of the peer: what it plays. */
  readonly side: "source" | "destination";
  /** `qemu-7.2.22`. */
  readonly peer: string;
  readonly phase: Phase;
  /** In this order; those not closed are closed in the end. */
  readonly connections: readonly { readonly bytes: Uint8Array; readonly close: boolean }[];
}

/** Main memory of a guest of which nothing is said: that of the guests the recorded cases are from. */
const MEMORY_MIB = 32;

/** Gives a peer the bytes of a case, then closes. Throws a RangeError for a release that does not exist. */
export function replayCase({ id, side, peer, phase, connections, ...options }: ReplayCase): ReplayAnswer {
  const memoryMiB = options.memoryMiB ?? MEMORY_MIB;
  const described = qemuPeer(peer, { ...options, memoryMiB });
  const process = notStarted(described) ?? startPeer(described, side === "source" ? phase : "incoming");
  const opened: number[] = [];
  for (const { bytes, close } of connections) {
    const connection = side === "source" ? 0 : process.connect();
    process.push(connection, bytes);
    if (close) process.close(connection);
    else opened.push(connection);
  }
  const whileOpen = process.seen();
  for (const connection of new Set(opened)) process.close(connection);
  return answerOf({ id, peer, side }, process, whileOpen);
}
