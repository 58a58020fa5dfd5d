import type { Steps } from "../../../codec/layout/index.ts";

/** Where a thread waits for something else than input. */
export interface Gate {
  /** Set while it waits: whether it may go on. */
  open: (() => boolean) | null;
  /** Set when it lets the others go on first. */
  afterOthers: boolean;
}

export function createGate(): Gate {
  return { open: null, afterOthers: false };
}

/** Waits until `ready`. */
export function* until(gate: Gate, ready: () => boolean): Steps {
  while (!ready()) {
    gate.open = ready;
    yield;
  }
  gate.open = null;
}

/** Goes on only once the others cannot. */
export function* letOthersGo(gate: Gate): Steps {
  gate.afterOthers = true;
  gate.open = () => true;
  yield;
  gate.open = null;
}
