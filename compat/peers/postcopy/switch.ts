import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import {
  LISTEN_AGAIN,
  LISTEN_AGAIN_FAILED,
  LISTEN_NEEDS_CAPABILITY,
  LISTEN_STATE,
  LISTEN_STATUS,
  RUN_STATE,
  RUN_STATE_KEPT,
} from "../../facts/qemu/postcopy/postcopy.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { capable } from "../peer.ts";
import type { QemuFile } from "../qemu-file.ts";
import { stateNumber } from "./postcopy-state.ts";
import { refuse, report } from "./refuse.ts";

/** POSTCOPY_LISTEN. */
export function* startListening(load: Load, file: QemuFile): Steps<LoadFailure | undefined> {
  const before = load.postcopy;
  load.postcopy = "listening";
  if (before !== "advise" && before !== "discard")
    return refuse(load, file, "EPERM", LISTEN_STATE, stateNumber(before));
  if (load.listening) yield* hang(load);
  load.listening = true;
  if (load.file === load.main) shareChannel(load, "listen");
  // Preparing the discards that never came leaves their state behind, and POSTCOPY_RUN will find it wrong.
  const { peer } = load.host;
  const prepares = capable(peer, "postcopy-ram") || !valueAt(LISTEN_NEEDS_CAPABILITY, peer.version, "later");
  if (before === "advise" && prepares) load.postcopy = "discard";
  const status = valueAt(LISTEN_STATUS, peer.version, "later");
  if (status) load.host.become(load.hasReturnPath ? status : "postcopy-active");
  return undefined;
}

/** POSTCOPY_RUN: the main thread stops reading. */
export function startRunning(load: Load, file: QemuFile): LoadFailure | undefined {
  const before = load.postcopy;
  const { version } = load.host.peer;
  if (before !== "listening") {
    if (!valueAt(RUN_STATE_KEPT, version, "later")) load.postcopy = "running";
    return refuse(load, file, "EPERM", RUN_STATE, stateNumber(before));
  }
  load.postcopy = "running";
  if (load.host.status() === "postcopy-device") load.host.become("postcopy-active");
  load.quit = true;
  return undefined;
}

/** From here on both threads read the main channel. What they make of it is told as if the listen thread read it all. */
export function shareChannel(load: Load, since: "listen" | "package"): void {
  load.shared = since;
  load.quit = true;
}

function* hang(load: Load): Steps {
  report(load, LISTEN_AGAIN);
  report(load, LISTEN_AGAIN_FAILED);
  load.stuck = true;
  while (load.stuck) yield;
}
