import type { Qcow2Snapshot } from "../codec/index.ts";
import { UsageError } from "./exit.ts";
import { printable } from "./printable.ts";
import type { OpenedQcow2 } from "./qcow2/read-qcow2.ts";

/** Snapshots that hold a VM state which can be read; of those the one that is wanted: by its id, else the first of that name, as in QEMU. */
export function chosenSnapshots(
  { snapshots, readable }: OpenedQcow2,
  wanted: string | undefined,
): readonly Qcow2Snapshot[] {
  const states = readable ? snapshots.filter(({ vmStateSize }) => vmStateSize > 0) : [];
  if (wanted === undefined) return states;
  const found = states.find(({ id }) => id === wanted) ?? states.find(({ name }) => name === wanted);
  if (found) return [found];
  throw new UsageError(`no snapshot "${printable(wanted)}" with a VM state; the image has ${listed(states)}`);
}

/** The only one that is chosen; throws where there are several. */
export function onlySnapshot(image: OpenedQcow2, wanted: string | undefined): Qcow2Snapshot | undefined {
  const states = chosenSnapshots(image, wanted);
  if (states.length > 1)
    throw new UsageError(
      `the image has several snapshots with a VM state, pick one with --snapshot: ${listed(states)}`,
    );
  return states[0];
}

function listed(states: readonly Qcow2Snapshot[]): string {
  return states.map(({ id, name }) => `${printable(id)} (${printable(name)})`).join(", ") || "none";
}
