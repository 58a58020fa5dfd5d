import type { Load } from "../main-channel/load.ts";

const STATES: readonly Load["postcopy"][] = ["none", "advise", "discard", "listening", "running", "end"];

/** The number of a state, as messages tell it. */
export function stateNumber(state: Load["postcopy"]): number {
  return STATES.indexOf(state);
}

/** The state as the listen thread finds it: with what was there from the beginning it is faster than POSTCOPY_RUN. */
export function stateSeen({ main, racesUntil = 0 }: Load, state: Load["postcopy"]): Load["postcopy"] {
  return state === "running" && main && main.cursor.offset <= racesUntil ? "listening" : state;
}
