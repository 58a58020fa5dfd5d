import { valueAt } from "../../facts/fact.ts";
import { EXTRA_CONNECTION } from "../../facts/qemu/multifd/channel-errors.ts";
import { loadMainChannel } from "../main-channel/load-main-channel.ts";
import { accept } from "./accept.ts";
import { hasAllChannels, mayLoad } from "./channel-needs.ts";
import { followPrimary, isSecondary } from "./colo.ts";
import { type Connection, drop } from "./connection.ts";
import { endLoad } from "./load-end.ts";
import { type Machine, race } from "./machine.ts";
import { startRecovery } from "./postcopy.ts";
import { advance, createTask, isHeldUp } from "./task.ts";

/** Lets all threads go on until each waits for input, for another, or has ended. */
export function settle(machine: Machine): void {
  while (machine.exit === null && machine.unknown === null) {
    let moved = false;
    for (const thread of machine.threads) moved = advance(thread) || moved;
    if (machine.exit !== null || machine.unknown !== null) return;
    moved = runMainLoop(machine) || moved;
    if (!moved) return;
  }
}

/** The main loop is stuck: it reads from a connection, or waits for a thread. */
export function isStuck({ accepting, loading, load }: Machine): boolean {
  if (load.stuck || load.blocked) return true;
  return accepting !== undefined || (loading !== undefined && isHeldUp(loading));
}

function runMainLoop(machine: Machine): boolean {
  if (machine.loading && isHeldUp(machine.loading)) return false;
  const { accepting } = machine;
  if (accepting) {
    const moved = advance(accepting);
    if (accepting.done) {
      machine.accepting = undefined;
      afterAccept(machine);
    }
    return moved;
  }
  const next = machine.pending.shift();
  if (next) {
    take(machine, next);
    return true;
  }
  return machine.loading !== undefined && advance(machine.loading);
}

function take(machine: Machine, connection: Connection): void {
  if (machine.listens)
    machine.accepting = createTask(connection, (gate) => accept(machine, connection, gate));
  else drop(connection);
}

function afterAccept(machine: Machine): void {
  if (machine.exit !== null || machine.unknown !== null) return;
  const stays = valueAt(EXTRA_CONNECTION, machine.peer.version, "later") !== undefined;
  if (!stays && hasAllChannels(machine)) machine.listens = false;
  const { main } = machine;
  if (!main || !mayLoad(machine)) return;
  if (machine.status === "postcopy-paused") startRecovery(machine, main);
  if (machine.loading) return;
  machine.host.become("active");
  machine.loading = createTask(main, function* () {
    const failure = yield* loadMainChannel(main.file, machine.load);
    if (!failure && isSecondary(machine)) yield* followPrimary(machine, main);
    else endLoad(machine, failure);
  });
  if (machine.channels && !race(machine, "channels-read-first")) advance(machine.loading);
}
