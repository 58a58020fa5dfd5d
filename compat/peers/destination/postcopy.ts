import type { Steps } from "../../../codec/layout/index.ts";
import type { LoadFailure } from "../main-channel/load.ts";
import { until } from "../multifd/gate.ts";
import { listen, readPreempt, recover } from "../postcopy/index.ts";
import { type Connection, drop } from "./connection.ts";
import { exit, type Machine, stopAt } from "./machine.ts";
import { createTask } from "./task.ts";

/** The listen thread takes over the main channel. */
export function startListenThread(machine: Machine, connection: Connection): void {
  const { load } = machine;
  const run = () => follow(machine, connection, listen(connection.file, load));
  machine.threads.push(createTask(connection, run));
}

/** A paused destination goes on reading on a new main channel. */
export function startRecovery(machine: Machine, connection: Connection): void {
  const { load } = machine;
  const run = () => follow(machine, connection, recover(connection.file, load));
  machine.threads.push(createTask(connection, run));
}

/** The preempt channel is read from when the listen thread runs. */
export function startPreemptThread(machine: Machine, connection: Connection): void {
  const { load } = machine;
  machine.threads.push(
    createTask(connection, function* (gate) {
      yield* until(gate, () => load.listening === true);
      const failure = yield* readPreempt(connection.file, load);
      if (failure?.how === "refused") stopUnlessLacking(machine, connection, failure);
      else if (failure) end(machine, connection, failure);
      drop(connection);
    }),
  );
}

function* follow(machine: Machine, connection: Connection, steps: Steps<LoadFailure | undefined>): Steps {
  const failure = yield* steps;
  drop(connection);
  if (failure) {
    end(machine, connection, failure);
  } else if (machine.status === "postcopy-paused") {
    machine.main = undefined;
    // Whoever recovers gives migrate-recover a place to listen on.
    machine.listens = true;
    if (machine.preempt) drop(machine.preempt);
    machine.preempt = undefined;
  } else {
    machine.listens = false;
  }
}

function end(machine: Machine, connection: Connection, failure: LoadFailure): void {
  if (failure.how === "unknown") {
    machine.unknown ??= failure.why;
    return;
  }
  stopUnlessLacking(machine, connection, failure);
  exit(machine, failure.how === "crashed" ? -failure.signal : 1);
}

function stopUnlessLacking(machine: Machine, { number, file }: Connection, failure: LoadFailure): void {
  const { offset, path } = failure;
  if (file.error === null) stopAt(machine, { connection: number, offset, path });
}
