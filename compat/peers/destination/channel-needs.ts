import { valueAt } from "../../facts/fact.ts";
import {
  CHANNEL_MAPPING,
  PEEK_EXCLUDED_BY,
  PEEK_TRANSPORTS,
  PREEMPT_AWAITED,
} from "../../facts/qemu/multifd/channels.ts";
import { allThere } from "../multifd/channels.ts";
import { capable, type QemuPeer } from "../peer.ts";
import type { Machine } from "./machine.ts";

const PREEMPT = "postcopy-preempt";

/** The main channel and all multifd channels are there. */
export function hasMainAndMultifd({ main, channels }: Machine): boolean {
  return main !== undefined && (!channels || allThere(channels));
}

/** No further connection is needed. */
export function hasAllChannels(machine: Machine): boolean {
  if (!hasMainAndMultifd(machine)) return false;
  const needsBoth = mapping(machine) === "peek" || !machine.channels;
  return !needsBoth || !capable(machine.peer, PREEMPT) || machine.preempt !== undefined;
}

/** Loading can begin. */
export function mayLoad(machine: Machine): boolean {
  const { peer, channels, preempt } = machine;
  const awaitsPreempt =
    !channels && capable(peer, PREEMPT) && valueAt(PREEMPT_AWAITED, peer.version, "later") === true;
  return hasMainAndMultifd(machine) && (!awaitsPreempt || preempt !== undefined);
}

/** Only a socket gives what was peeked at once more. */
function isPeekable({ transport = "tcp", version }: QemuPeer): boolean {
  return (valueAt(PEEK_TRANSPORTS, version, "later") ?? []).includes(transport);
}

/** The next connection is peeked at. */
export function peeks(machine: Machine): boolean {
  const { peer, channels } = machine;
  if (!isPeekable(peer)) return false;
  const how = mapping(machine);
  if (how === "peek") return !hasMainAndMultifd(machine);
  const excluded = valueAt(PEEK_EXCLUDED_BY, peer.version, "later") ?? [];
  return (
    how === "peek-if-multifd" &&
    channels !== undefined &&
    !excluded.some((capability) => capable(peer, capability))
  );
}

export function mapping({ peer }: Machine): "order" | "peek-if-multifd" | "peek" {
  return valueAt(CHANNEL_MAPPING, peer.version, "later") ?? "order";
}
