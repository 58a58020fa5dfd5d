import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { PREEMPT_READS_ON } from "../../facts/qemu/postcopy/postcopy.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import type { QemuFile } from "../qemu-file.ts";
import { awaitElsewhere } from "./await.ts";
import { loadPostcopyPages } from "./pages.ts";

/**
 * The reader of the preempt channel: nothing before POSTCOPY_LISTEN, then pages. Its failure does not end the process:
 * the reader waits for a recovery, and what it left in `load.preempt` is found by the main channel's next section, unless
 * a pause has closed the channel before.
 */
export function* readPreempt(file: QemuFile, load: Load): Steps<LoadFailure | undefined> {
  load.preempt = "connected";
  yield* awaitElsewhere(file, () => load.listening === true);
  while (true) {
    const failure = yield* loadPostcopyPages(load, file, 1);
    if (failure?.how === "refused" && file.error && load.preempt) load.preempt = failure.errno;
    if (failure) return failure;
    if (!valueAt(PREEMPT_READS_ON, load.host.peer.version, "later")) return undefined;
  }
}
