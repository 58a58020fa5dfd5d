import type { Steps } from "../../../codec/layout/index.ts";
import { openChannel } from "../multifd/init.ts";
import { type Connection, drop } from "./connection.ts";
import { exit, type Machine, race, stopAt } from "./machine.ts";
import { shutDownChannels, startChannel } from "./multifd-thread.ts";
import { startPreemptThread } from "./postcopy.ts";
import { refuseChannel } from "./refuse-channel.ts";

/** A connection becomes the main channel. */
export function openMain(machine: Machine, connection: Connection): void {
  machine.main = connection;
}

/** A connection becomes the preempt channel. */
export function openPreempt(machine: Machine, connection: Connection): void {
  machine.preempt = connection;
  machine.load.preempt = "connected";
  startPreemptThread(machine, connection);
}

/** A connection becomes a multifd channel, if its first packet is taken. */
export function* openMultifd(machine: Machine, connection: Connection): Steps {
  const { channels } = machine;
  if (!channels) return;
  const opened = yield* openChannel(connection.file, channels, { race: (name) => race(machine, name) });
  if (opened.how === "opened") {
    channels.ids.add(opened.id);
    channels.count++;
    startChannel(machine, connection, opened.id);
    return;
  }
  drop(connection);
  if (opened.how === "unknown") {
    machine.unknown ??= opened.why;
    return;
  }
  const { path, offset } = opened;
  const lacking = connection.file.error !== null;
  if (!lacking) stopAt(machine, { connection: connection.number, offset, path });
  if (opened.how === "crashed") {
    exit(machine, -opened.signal);
  } else if (shutDownChannels(machine, channels, opened.error)) {
    refuseChannel(machine, opened.text);
  }
}
