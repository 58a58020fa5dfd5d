import { check } from "../../../compat/check/check.ts";
import { judge } from "../../../compat/check/judge.ts";
import type { ReadPeer } from "../../../compat/inventory/index.ts";
import { type Negotiation, negotiate, WantedError } from "../../../compat/negotiate.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../../exit.ts";
import type { Output } from "../../output.ts";
import { peerFromArgument } from "../../qmp/peer-argument.ts";
import { gateDocument } from "./gate-document.ts";
import { gateText } from "./gate-text.ts";

export interface GateOptions {
  readonly machine?: string;
  readonly want?: readonly string[];
  /** Monitors that stand for the peers that are not named, the source first. */
  readonly qmp?: readonly string[];
  /** The other direction as well. */
  readonly both?: boolean;
  readonly json?: boolean;
  /** Off with --no-observations. */
  readonly observations?: boolean;
}

/** One direction, and the other where it was asked for. */
export interface GateAnswer {
  readonly source: ReadPeer;
  readonly destination: ReadPeer;
  readonly there: Negotiation;
  readonly back: Negotiation | null;
}

/** Which features may two peers use together, and why not the others? */
export async function gate(
  peers: readonly string[],
  options: GateOptions,
  output: Output,
): Promise<ExitStatus> {
  const [from, to, ...more] = [...peers, ...(options.qmp ?? [])];
  if (from === undefined || to === undefined || more.length > 0)
    throw new UsageError("name two peers: qemu-7.2.22, a file, or --qmp with a monitor's address");
  const source = await peerFromArgument(from);
  const destination = from === to && from === "-" ? source : await peerFromArgument(to);
  const answer = answerOf(source, destination, options);
  output.out(options.json ? `${JSON.stringify(gateDocument(answer), null, 2)}\n` : gateText(answer, output));
  return isGranted(answer.there) && (!answer.back || isGranted(answer.back)) ? CLEAN : FINDINGS;
}

function answerOf(source: ReadPeer, destination: ReadPeer, options: GateOptions): GateAnswer {
  const { machine, want = [], both = false, observations = true } = options;
  const request = {
    want,
    ...(machine === undefined ? {} : { machine }),
    judge: observations ? judge : check,
  };
  try {
    const there = negotiate({ ...request, source: source.peer, destination: destination.peer });
    const back = both ? negotiate({ ...request, source: destination.peer, destination: source.peer }) : null;
    return { source, destination, there, back };
  } catch (error) {
    if (error instanceof WantedError) throw new UsageError(error.message);
    throw error;
  }
}

/** Without wishes plain migration is what is wanted. */
function isGranted({ wanted, baselineIsSafe }: Negotiation): boolean {
  return wanted ? wanted.refused.length === 0 : baselineIsSafe;
}
