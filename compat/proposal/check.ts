import { hexText } from "../../codec/layout/index.ts";
import type { Seen } from "../peers/ending.ts";
import { brokenRule } from "../rules/index.ts";
import type { Observed, Rule } from "../rules/rule.ts";
import type { Against } from "./against.ts";
import { conversationsOf, declaredLength } from "./conversation.ts";
import { type Gating, gatingOf } from "./gating.ts";
import { type Observation, observe, type StartPeer } from "./observe.ts";
import { type Outcome, outcomeOf, textOf } from "./outcome.ts";
import type { Proof, Result } from "./result.ts";
import { observeSave } from "./save.ts";
import type { Change, Proposal } from "./schema.ts";

/** A proposal held against released peers. */
export interface Checked {
  readonly proposal: Proposal;
  readonly gating: Gating;
  /** It breaks a released peer of a user who set nothing. */
  readonly breaks: boolean;
  readonly results: readonly Result[];
  /** How many released peers were asked, and how many of them could say something about it. */
  readonly peers: { readonly asked: number; readonly concerned: number };
}

/** Runs what a proposal adds to the wire through the receivers of released peers, with its gate off and on. */
export function checkProposal(proposal: Proposal, against: Against, start: StartPeer): Checked {
  const gating = gatingOf(proposal.gate);
  const results: Result[] = [];
  for (const [number, change] of proposal.changes.entries()) {
    if (change.kind === "transport") results.push(...untouched(number, against));
    else if (change.kind === "save-header")
      for (const version of against.libvirt) results.push(...saved(number, change, version, gating));
    else
      for (const version of against.qemu) results.push(...received(number, change, version, gating, start));
  }
  const peers = new Set(results.map(({ peer }) => peer));
  const kinds = new Set(proposal.changes.map(({ kind }) => (kind === "save-header" ? "libvirt" : "qemu")));
  const asked = [...kinds].reduce((sum, kind) => sum + against[kind].length, 0);
  return {
    proposal,
    gating,
    breaks: results.some(({ breaks }) => breaks),
    results,
    peers: { asked, concerned: peers.size },
  };
}

/** Bytes that are not sent leave a peer as it is: with the gate off there is nothing to run. */
function gated(base: Omit<Result, "gate" | "breaks">, gating: Gating): Result[] {
  const { rule } = base;
  const level = rule?.level === "error";
  if (!gating.canBeOff) return [{ ...base, gate: "none", breaks: level }];
  const off: Result = { ...base, gate: "off", outcome: "ignored", rule: null, breaks: false, proof: null };
  return [off, { ...base, gate: "on", breaks: level && gating.sendsByDefault }];
}

/** Nothing of the protocol's changes, so nothing is there to be run. */
function untouched(change: number, { qemu }: Against): Result[] {
  return qemu.map((version) => ({
    peer: `qemu-${version}`,
    change,
    side: "destination",
    state: "any",
    gate: "none",
    outcome: "ignored",
    rule: null,
    breaks: false,
    proof: null,
  }));
}

function saved(
  number: number,
  change: Extract<Change, { kind: "save-header" }>,
  libvirt: string,
  gating: Gating,
): Result[] {
  return observeSave(change, libvirt).flatMap(({ stage, outcome, proof }) => {
    const { stop } = proof;
    const at = { version: libvirt, declared: null, side: "libvirt", state: stage } as const;
    const observed: Observed = { change, ...at, outcome, stop };
    const rule = ruleFor(observed, stage === "unfinished" ? ["refused"] : []);
    return gated(
      { peer: `libvirt-${libvirt}`, change: number, side: "libvirt", state: stage, outcome, rule, proof },
      gating,
    );
  });
}

/** An outcome that is wanted breaks nothing. */
function ruleFor(observed: Observed, wanted: readonly Outcome[]): Rule | null {
  return wanted.includes(observed.outcome) ? null : (brokenRule(observed) ?? null);
}

function received(
  number: number,
  change: Change,
  version: string,
  gating: Gating,
  start: StartPeer,
): Result[] {
  return conversationsOf(change, version).flatMap((conversation) => {
    const observation = observe(version, conversation, start);
    const outcome = outcomeOf(observation);
    const side = observation.phase === "incoming" ? "destination" : "source";
    const { state } = observation;
    const declared = declaredLength(change);
    const { stop } = observation.proposed;
    const observed: Observed = { change, version, declared, side, state, outcome, stop };
    const rule = ruleFor(observed, []);
    const proof = proofOf(observation);
    return gated({ peer: `qemu-${version}`, change: number, side, state, outcome, rule, proof }, gating);
  });
}

/** Bytes of a proof; more would not be read. */
const MOST_SHOWN = 128;

function proofOf(observation: Observation): Proof {
  const { proposed, fresh, sent } = observation;
  const connection = Math.max(
    0,
    fresh.findIndex((ranges) => ranges.length > 0),
  );
  const ranges = fresh[connection] ?? [];
  const from = ranges[0]?.start ?? 0;
  const to = Math.min(ranges.at(-1)?.end ?? 0, from + MOST_SHOWN);
  const stop = proposed.stop && { ...proposed.stop };
  return {
    bytes: hexText(sent[connection]?.subarray(from, to) ?? new Uint8Array(0)),
    connection,
    offset: from,
    stop,
    text: proposed.unknown ?? textOf(observation),
    status: proposed.open.status,
    endStatus: proposed.end.status,
    exit: proposed.end.exit,
    alive: proposed.end.alive,
    monitorDead: proposed.open.monitorDead,
    alternatives: proposed.alternatives.map(alternative),
  };
}

function alternative({ status, exit, errorDesc, stderr }: Seen): string {
  const how = exit === null ? String(status) : `exit ${exit}`;
  const text = errorDesc ?? stderr;
  return text === "" ? how : `${how}: ${text}`;
}
