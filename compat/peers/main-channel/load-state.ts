import type { Steps } from "../../../codec/layout/index.ts";
import { negative } from "../../errno.ts";
import { STATE_FAILED } from "../../facts/qemu/stream/sections.ts";
import { loadDirtyBitmaps } from "../dirty-bitmap/load-dirty-bitmaps.ts";
import { report } from "../postcopy/refuse.ts";
import type { Load, LoadedSection, LoadFailure } from "./load.ts";
import { loadBlocks } from "./load-blocks.ts";
import { loadDevice } from "./load-device.ts";
import { loadGlobalState } from "./load-global-state.ts";
import { loadRam } from "./load-ram.ts";
import { loadTimer } from "./load-timer.ts";

type Loader = (load: Load, version: number) => Steps<LoadFailure | undefined>;

/** State with loaders of their own, which return an errno and no more. */
const WITHOUT_DESCRIPTION: Readonly<Record<string, Loader>> = {
  ram: loadRam,
  block: loadBlocks,
  "dirty-bitmap": loadDirtyBitmaps,
};

/** The state of a section, up to its footer. QEMU's vmstate_load(). */
export function* loadState(load: Load, section: LoadedSection): Steps<LoadFailure | undefined> {
  const { idstr, version } = section;
  if (idstr === "globalstate") return yield* loadGlobalState(load, version);
  if (idstr === "timer") return yield* loadTimer(load, section);
  const loader = Object.hasOwn(WITHOUT_DESCRIPTION, idstr) ? WITHOUT_DESCRIPTION[idstr] : undefined;
  if (!loader) return yield* loadDevice(load, section);
  const failure = yield* loader(load, version);
  if (failure?.how !== "refused") return failure;
  return { ...failure, reason: report(load, STATE_FAILED, version, negative(failure.errno)) };
}
