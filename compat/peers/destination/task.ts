import type { Steps } from "../../../codec/layout/index.ts";
import { createGate, type Gate } from "../multifd/gate.ts";
import { type Connection, feed } from "./connection.ts";

/** Something that reads a connection: a thread, or a part of the main loop's work. */
export interface Task {
  readonly connection: Connection;
  readonly gate: Gate;
  readonly steps: Steps;
  begun: boolean;
  done: boolean;
}

export function createTask(connection: Connection, run: (gate: Gate) => Steps): Task {
  const gate = createGate();
  return { connection, gate, steps: run(gate), begun: false, done: false };
}

/** Goes on as far as input and other tasks allow; false if that is nowhere. */
export function advance(task: Task): boolean {
  let moved = false;
  while (!task.done && isReady(task)) {
    task.begun = true;
    task.done = task.steps.next().done === true;
    moved = true;
    if (task.gate.afterOthers) {
      task.gate.afterOthers = false;
      break;
    }
  }
  return moved;
}

/** Whether it waits for another task, not for input. */
export function isHeldUp({ done, gate }: Task): boolean {
  return !done && gate.open !== null && !gate.open();
}

function isReady({ begun, gate, connection }: Task): boolean {
  if (!begun) return true;
  const { awaits } = connection.file;
  if (awaits) return awaits();
  return gate.open ? gate.open() : feed(connection);
}
