import type { Steps } from "../../../codec/layout/index.ts";
import type { QemuFile } from "../qemu-file.ts";

/**
 * Waits for what another connection brings, keeping what comes meanwhile. Looks again whenever there is input, and for
 * ever once that has ended, as QEMU does.
 */
export function* awaitElsewhere(file: QemuFile, ready: () => boolean): Steps {
  const { cursor } = file;
  while (!ready()) {
    file.awaits = ready;
    if (cursor.ended || file.heeded) yield;
    else yield* cursor.upTo(cursor.end - cursor.at + 1);
  }
  file.awaits = undefined;
}
