import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { RESUME_ILLEGAL, RESUME_WITHOUT_PREEMPT } from "../../facts/qemu/postcopy/recovery.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { capable } from "../peer.ts";
import type { QemuFile } from "../qemu-file.ts";
import { awaitElsewhere } from "./await.ts";
import { crash, report } from "./refuse.ts";
import { acknowledgeResume } from "./return-path.ts";

const SIGABRT = 6;

/** POSTCOPY_RESUME. */
export function* resume(load: Load, file: QemuFile): Steps<LoadFailure | undefined> {
  const { peer } = load.host;
  if (load.host.status() !== "postcopy-recover") {
    report(load, RESUME_ILLEGAL);
    return undefined;
  }
  load.host.become("postcopy-active");
  acknowledgeResume(load);
  if (!capable(peer, "postcopy-preempt") || connected(load)) return undefined;
  const without = valueAt(RESUME_WITHOUT_PREEMPT, peer.version, "later");
  if (without === "aborts") return crash(file, SIGABRT);
  yield* awaitElsewhere(file, () => connected(load));
  return undefined;
}

function connected({ preempt }: Load): boolean {
  return preempt === "connected";
}
