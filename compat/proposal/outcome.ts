import type { MigrationStatus, Seen } from "../peers/ending.ts";
import type { Observation, Run } from "./observe.ts";

/**
 * What a released peer makes of what is new. `ignored`: nothing is different. `accepted`: taken, with an effect. `refused`: told
 * from everything it knows, and not taken, before anything depends on it. `aborts`: it ends a migration that is under way, or the
 * process. `hangs`: neither goes on nor ends. `misread`: taken for something else. `unknown`: the model cannot tell.
 */
export type Outcome = "ignored" | "accepted" | "refused" | "aborts" | "hangs" | "misread" | "unknown";

/** Compares a run with what is proposed to the same run of today. Where threads race, the worst that can happen counts. */
export function outcomeOf(observation: Observation): Outcome {
  const likeliest = likeliestOf(observation);
  return likeliest === "ignored" || likeliest === "accepted"
    ? (worstOf(observation) ?? likeliest)
    : likeliest;
}

/** A harm that only happens sometimes, and never today. */
function worstOf(observation: Observation): Outcome | undefined {
  const { today, proposed } = observation;
  const had = new Set(today.alternatives.map((seen) => JSON.stringify(seen)));
  const others = proposed.alternatives.filter((seen) => !had.has(JSON.stringify(seen)));
  if (others.some(({ exit }) => exit !== null && exit < 0)) return "aborts";
  if (!today.open.monitorDead && others.some(({ monitorDead }) => monitorDead)) return "hangs";
  if (ended(today) || !others.some(isEnd)) return undefined;
  return harmOf(observation);
}

/** A destination that is being filled can be thrown away; a guest that runs, or moves, cannot. */
function harmOf({ phase, state }: Observation): Outcome {
  return phase === "incoming" && state !== "postcopy" ? "refused" : "aborts";
}

function likeliestOf(observation: Observation): Outcome {
  const { today, proposed } = observation;
  if (proposed.unknown !== null || today.unknown !== null) return "unknown";
  if (proposed.losses.length > today.losses.length) return "misread";
  if (isSame(today, proposed)) return "ignored";
  if (today.stop !== null && proposed.stop === null) return "accepted";
  if (signalled(proposed)) return "aborts";
  if (isStuck(proposed) && !isStuck(today)) return "hangs";
  if (proposed.stop !== null && !isStopOfToday(observation)) {
    if (!isAtFresh(observation)) return "misread";
    return harmOf(observation);
  }
  if (ended(proposed) && !ended(today)) return harmOf(observation);
  return "accepted";
}

function isSame(today: Run, proposed: Run): boolean {
  const shown = ({ open, end, stop, replies }: Run) =>
    JSON.stringify([open, end, stop?.path ?? null, Array.from(replies)]);
  return shown(today) === shown(proposed);
}

function signalled({ open, end }: Run): boolean {
  return [open, end].some(({ exit }) => exit !== null && exit < 0);
}

function isStuck({ open }: Run): boolean {
  return open.monitorDead;
}

function ended({ open, end }: Run): boolean {
  return [open, end].some(isEnd);
}

/** States from which a migration does not go on by itself. */
const ENDED: readonly (MigrationStatus | null)[] = ["failed", "failing", "cancelled", "postcopy-paused"];

function isEnd({ status, alive, exit }: Seen): boolean {
  return ENDED.includes(status) || !alive || exit !== null;
}

/** Today's conversation ends at the same place, for reasons of its own. */
function isStopOfToday({ today, proposed }: Observation): boolean {
  return today.stop !== null && today.stop.path === proposed.stop?.path;
}

/** It stops at what is new, in a field of the struct that is there, or at the first byte. */
function isAtFresh({ proposed: { stop }, fresh }: Observation): boolean {
  if (!stop) return false;
  const range = fresh[stop.connection]?.find(({ start, end }) => stop.offset >= start && stop.offset < end);
  if (!range) return false;
  const [table] = stop.path.split(".");
  return stop.offset === range.start || table === range.table;
}

/** What the peer says of it: what it printed beyond what it prints today, and the error that it tells. */
export function textOf({ today, proposed }: Observation): string {
  const had = new Set(today.end.stderr.split("\n"));
  const printed = proposed.end.stderr.split("\n").filter((line) => line !== "" && !had.has(line));
  const told = proposed.end.errorDesc ?? proposed.open.errorDesc;
  const isNew = told !== null && !printed.some((line) => line.includes(told));
  return [...new Set(isNew ? [...printed, told] : printed)].join("\n");
}
