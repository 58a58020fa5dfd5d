import type { PeerProcess, Seen, SilentLoss, Stop } from "../peers/ending.ts";
import type { Phase, QemuPeer } from "../peers/peer.ts";
import type { Conversation } from "./conversation.ts";
import type { FreshRange, Laid } from "./pieces.ts";
import { optionsFor } from "./settings.ts";

/** Starts the model of a release's receiving side. */
export type StartPeer = (peer: QemuPeer, phase: Phase) => PeerProcess;

/** How a released peer took one conversation. */
export interface Run {
  /** While every connection was open. */
  readonly open: Seen;
  /** After they were closed; of a source, the same as `open`. */
  readonly end: Seen;
  readonly stop: Stop | null;
  readonly replies: Uint8Array;
  readonly alternatives: readonly Seen[];
  /** What of the guest is lost without an error. */
  readonly losses: readonly SilentLoss[];
  readonly unknown: string | null;
}

/** Both conversations with one peer, and what is new in the second. */
export interface Observation {
  readonly peer: QemuPeer;
  readonly state: string;
  readonly phase: Phase;
  readonly today: Run;
  readonly proposed: Run;
  /** By connection. */
  readonly fresh: readonly (readonly FreshRange[])[];
  readonly sent: readonly Uint8Array[];
}

export function observe(version: string, conversation: Conversation, start: StartPeer): Observation {
  const { state, phase, setting, today, proposed, settled } = conversation;
  const peer: QemuPeer = { ...optionsFor(version, setting), product: "qemu", version };
  return {
    peer,
    state,
    phase,
    today: run(start(peer, phase), phase, today, settled),
    proposed: run(start(peer, phase), phase, proposed, settled),
    fresh: proposed.map(({ fresh }) => fresh),
    sent: proposed.map(({ bytes }) => bytes),
  };
}

function run(process: PeerProcess, phase: Phase, connections: readonly Laid[], settled: number): Run {
  const numbers = connections.map(({ bytes }, i) => {
    const number = phase === "incoming" ? process.connect() : 0;
    const first = i === 0 ? settled : 0;
    if (first > 0) process.push(number, bytes.subarray(0, first));
    process.push(number, bytes.subarray(first));
    return number;
  });
  const open = process.seen();
  // A source that loses its return path fails for that alone.
  if (phase === "incoming") for (const number of numbers) process.close(number);
  return {
    open,
    end: process.seen(),
    stop: process.stopped(),
    replies: process.replies(),
    alternatives: process.alternatives(),
    losses: process.losses(),
    unknown: process.unknown(),
  };
}
