import type { Steps } from "../../../codec/layout/index.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import type { QemuFile } from "../qemu-file.ts";
import { listen } from "./listen.ts";
import { unsure } from "./refuse.ts";

/**
 * A connection to a destination that is paused, after migrate-recover: the listen thread goes on reading there, at a
 * section, without a header.
 */
export function* recover(file: QemuFile, load: Load): Steps<LoadFailure | undefined> {
  const status = load.host.status();
  if (status !== "postcopy-paused" && status !== "postcopy-recover-setup")
    return unsure(file, "a recovery of a destination that is not paused");
  load.hasReturnPath = true;
  delete load.channelError;
  load.host.become("postcopy-recover");
  return yield* listen(file, load);
}
