import { valueAt } from "../../facts/fact.ts";
import { CHANNEL_ERROR } from "../../facts/qemu/multifd/channels.ts";
import { exit, type Machine } from "./machine.ts";

/** A connection does not become a channel. */
export function refuseChannel(machine: Machine, text: string): void {
  const how = valueAt(CHANNEL_ERROR, machine.peer.version, "later");
  if (how === "fatal") exit(machine, 1, text);
  else if (how === "printed") machine.lines.push(text);
}
