import type { Finding, StreamSummary } from "../../codec/index.ts";
import { capable, type PeerOptions } from "../peers/peer.ts";
import { predictDescribed } from "../peers/qemu-load/described.ts";
import { loadErrorOf } from "../peers/qemu-load/load.ts";
import type { ReplayAnswer } from "./answer.ts";

/** A main channel as it was read before it was replayed. */
export interface ReadStream {
  readonly summary: StreamSummary;
  readonly findings: readonly Finding[];
  /** Where it begins, as its findings count. */
  readonly start: number;
}

/** A destination that was to take a stream stops in the state of a device that is not as the stream describes it. */
export function heedDescription(
  answer: ReplayAnswer,
  { summary, findings, start }: ReadStream,
  options: PeerOptions,
): ReplayAnswer {
  const { id: peer, accepts, stoppedAt } = answer;
  const qemu = peer.replace(/^qemu-/, "");
  const { machine } = options;
  const mappedRam = capable(options, "mapped-ram");
  const failure = predictDescribed({ summary, findings }, { qemu, machine, mappedRam });
  if (!failure) return answer;
  const { subject: path, offset = 0 } = failure.at;
  const stop = { connection: 0, offset: offset - start, path };
  if (!accepts && (stoppedAt === null || stoppedAt.offset <= stop.offset)) return answer;
  const lines = [...failure.printed, loadErrorOf(failure, qemu)];
  const args = { peer, said: lines[0] ?? "", exit: 1, connection: 0 };
  const told: Finding = { rule: "PEER_ACCEPTS", level: "error", subject: path, offset: stop.offset, args };
  return {
    ...answer,
    accepts: false,
    stoppedAt: stop,
    status: null,
    errorDesc: null,
    stderr: lines.join("\n"),
    exit: 1,
    alive: false,
    statusWhileOpen: null,
    aliveWhileOpen: false,
    alternatives: [],
    findings: [told, ...answer.findings.filter(({ rule }) => rule !== "PEER_ACCEPTS")],
  };
}
