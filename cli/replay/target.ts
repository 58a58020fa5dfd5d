import type { PeerOptions, Phase } from "../../compat/peers/peer.ts";
import type { ReplayAnswer } from "../../compat/replay/answer.ts";
import { type ReplayRun, startRun } from "../../compat/replay/run.ts";
import { UsageError } from "../exit.ts";

/** Peers that are given one input together. */
export interface Target {
  readonly side: ReplayRun["side"];
  connect(): number;
  push(connection: number, chunk: Uint8Array): void;
  lose(connection: number, count: number): void;
  close(connection: number): void;
  become(phase: Exclude<Phase, "incoming"> | "recovery"): void;
  finish(): readonly ReplayAnswer[];
}

/** Starts one process for each peer. */
export function startTarget(peers: readonly string[], side: ReplayRun["side"], options: PeerOptions): Target {
  const runs = peers.map((peer) => startChecked(peer, side, options));
  const each = (act: (run: ReplayRun) => void) => {
    for (const run of runs) act(run);
  };
  return {
    side,
    connect: () => Math.max(-1, ...runs.map((run) => run.connect())),
    push: (connection, chunk) => each((run) => run.push(connection, chunk)),
    lose: (connection, count) => each((run) => run.lose(connection, count)),
    close: (connection) => each((run) => run.close(connection)),
    become: (phase) => each((run) => run.become(phase)),
    finish: () => runs.map((run) => run.finish()),
  };
}

function startChecked(peer: string, side: ReplayRun["side"], options: PeerOptions): ReplayRun {
  try {
    return startRun(peer, side, options);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}
