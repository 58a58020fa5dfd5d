import { valueAt } from "../../facts/fact.ts";
import { SWITCHOVER_ACK_LEGACY, SWITCHOVER_ACKS } from "../../facts/qemu/return-path/return-path.ts";
import { atLeast } from "../../releases.ts";
import type { QemuPeer } from "../peer.ts";

/** How many SWITCHOVER_ACKs a source counts down from; devices that ask for more are none of a plain guest's. */
export function initialAcks({ machine, version }: QemuPeer): number {
  if (valueAt(SWITCHOVER_ACKS, version, "later") !== "count") return 0;
  const newest = valueAt(SWITCHOVER_ACK_LEGACY, version, "later");
  const release = /-(\d+\.\d+)(?:\.\d+)?$/.exec(machine ?? "")?.[1];
  return release !== undefined && newest !== undefined && atLeast(newest, release) ? 1 : 0;
}
