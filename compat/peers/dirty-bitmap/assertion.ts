import { valueAt } from "../../facts/fact.ts";
import { ASSERTIONS, type BitmapAssertions } from "../../facts/qemu/dirty-bitmap/dirty-bitmap-bits.ts";
import type { Crash, Load } from "../main-channel/load.ts";
import { crash } from "../postcopy/refuse.ts";
import type { QemuFile } from "../qemu-file.ts";

const SIGABRT = 6;

/** The process aborts, with a text if it is known of the release. */
export function abort(load: Load, place: QemuFile, over: keyof BitmapAssertions): Crash {
  const texts = valueAt(ASSERTIONS, load.host.peer.version, "later");
  if (texts) load.host.print(texts[over]);
  return crash(place, SIGABRT);
}
