import type { Steps } from "../../../codec/layout/index.ts";
import { receivePackets } from "../multifd/channel.ts";
import type { ChannelEnd } from "../multifd/channel-context.ts";
import { type Channels, shutDown } from "../multifd/channels.ts";
import type { Gate } from "../multifd/gate.ts";
import { type Connection, drop } from "./connection.ts";
import { exit, type Machine, stopAt } from "./machine.ts";
import { createTask } from "./task.ts";

const SEGMENTATION_FAULT = -11;

/** Starts the thread of a channel. */
export function startChannel(machine: Machine, connection: Connection, id: number): void {
  const { channels } = machine;
  if (!channels) return;
  machine.threads.push(createTask(connection, (gate) => runChannel(machine, channels, connection, id, gate)));
}

/** Shuts the channels down for an error; false if the process does not survive it. */
export function shutDownChannels(machine: Machine, channels: Channels, error: string): boolean {
  const survives = shutDown(channels, error);
  if (!survives) exit(machine, SEGMENTATION_FAULT);
  return survives;
}

function* runChannel(
  machine: Machine,
  channels: Channels,
  connection: Connection,
  id: number,
  gate: Gate,
): Steps {
  const { load } = machine;
  const end = yield* receivePackets({
    file: connection.file,
    id,
    channels,
    gate,
    find: (name) => (load.blocks ? load.blocks.get(name) : null),
    isLoading: () => machine.setUp,
    inPostcopy: () => load.postcopy === "listening" || load.postcopy === "running",
  });
  endChannel(machine, channels, connection, end);
}

function endChannel(machine: Machine, channels: Channels, connection: Connection, end: ChannelEnd): void {
  drop(connection);
  if (end.how === "ended") return;
  if (end.how === "unknown") {
    machine.unknown ??= end.why;
    return;
  }
  const { offset, path } = end;
  if (end.how === "crashed" || !end.lacking) stopAt(machine, { connection: connection.number, offset, path });
  if (end.how === "crashed") exit(machine, -end.signal, end.line);
  else shutDownChannels(machine, channels, end.error);
}
