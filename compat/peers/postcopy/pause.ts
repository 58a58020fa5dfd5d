import { valueAt } from "../../facts/fact.ts";
import {
  LOSS_WHILE_RECOVERING,
  PAUSE_ASSERTION,
  PAUSE_NEEDS_RETURN_PATH,
  PAUSE_SHUTDOWN,
  PAUSE_TEXT,
  PAUSES,
} from "../../facts/qemu/postcopy/recovery.ts";
import type { Crash, Load, Refusal } from "../main-channel/load.ts";
import { capable } from "../peer.ts";
import { crash, report } from "./refuse.ts";

const SIGABRT = 6;
const SIGSEGV = 11;

/** Whether a destination whose listen thread fails now waits for recovery. */
export function pauses(load: Load): boolean {
  const { peer } = load.host;
  const when = valueAt(PAUSES, peer.version, "later");
  if (load.postcopy !== "running" || when === undefined) return false;
  return when === "running" || capable(peer, "postcopy-ram");
}

/** Waits for a recovery, if the release can in this state. QEMU's postcopy_pause_incoming(). */
export function pause(load: Load, failure: Refusal): Crash | undefined {
  const { host } = load;
  const { version } = host.peer;
  const place = { ...load.file, offset: failure.offset, path: failure.path };
  if (!load.hasReturnPath && valueAt(PAUSE_NEEDS_RETURN_PATH, version, "later")) {
    report(load, PAUSE_ASSERTION);
    return crash(place, SIGABRT);
  }
  load.hasReturnPath = false;
  delete load.preempt;
  report(load, PAUSE_SHUTDOWN);
  report(load, PAUSE_TEXT);
  if (host.status() === "postcopy-recover" && valueAt(LOSS_WHILE_RECOVERING, version, "later") === "crashes")
    return crash(place, SIGSEGV);
  host.become("postcopy-paused");
  return undefined;
}
