import { say } from "../../facts/error-text.ts";
import { valueAt } from "../../facts/fact.ts";
import {
  ENTERED_RUN_STATES,
  RUN_STATE_CHANGE,
  SHUT_AFTER_LOAD,
} from "../../facts/qemu/stream/run-state-changes.ts";
import { shut } from "../postcopy/return-path.ts";
import { exit, type Machine } from "./machine.ts";

const ABORT = -6;

/** The guest goes on as it was when it was saved, and the migration is complete. QEMU's process_incoming_migration_bh(). */
export function goOn(machine: Machine): void {
  const { load, main, peer, host } = machine;
  const known = valueAt(ENTERED_RUN_STATES, peer.version, "later");
  const { runState } = load;
  if (runState !== undefined && known && !known.includes(runState)) {
    const said = say(RUN_STATE_CHANGE, peer.version, "inmigrate", runState);
    exit(machine, ABORT, said?.text ?? "");
    return;
  }
  host.become("completed");
  machine.listens = false;
  if (valueAt(SHUT_AFTER_LOAD, peer.version, "later")) shut(load, main?.file.error ? 1 : 0);
}

/** A load that failed says so on its return path, where the release does. */
export function shutAfterFailure({ load, peer }: Machine): void {
  if (valueAt(SHUT_AFTER_LOAD, peer.version, "later") === "loaded-or-failed") shut(load, 1);
}
