import { BITS, COMPLETE, EOS, START } from "../../../codec/formats/dirty-bitmap/dirty-bitmap.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { HEADER_ERROR_HEEDED, LENIENT } from "../../facts/qemu/dirty-bitmap/dirty-bitmap.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { crash, refusal } from "../postcopy/refuse.ts";
import { bitmapLoad, cancelBitmaps } from "./bitmap-load.ts";
import { loadBits } from "./bits.ts";
import { readFlags, readNames } from "./chunk-header.ts";
import { startBitmap } from "./start-bitmap.ts";

const SIGSEGV = 11;

/** Loads a dirty-bitmap section of any kind, of which the header was read. `version` is what its START said. */
export function* loadDirtyBitmaps(load: Load, version = 1): Steps<LoadFailure | undefined> {
  const failure = version === 1 ? yield* readChunks(load) : refusal(load.file, "EINVAL");
  if (failure && valueAt(LENIENT, load.host.peer.version, "later")) cancelBitmaps(load);
  return failure;
}

function* readChunks(load: Load): Steps<LoadFailure | undefined> {
  const { file } = load;
  const heeded = valueAt(HEADER_ERROR_HEEDED, load.host.peer.version, "later");
  while (true) {
    const flags = yield* readFlags(file);
    const unnamed = yield* readNames(load, flags);
    if (unnamed && (heeded || !(flags & (START | COMPLETE | BITS)))) return unnamed;
    if (unnamed) return crash(file, SIGSEGV);
    const failure = yield* readContent(load, flags);
    if (failure) return failure;
    if (file.error) return refusal(file, "EIO");
    const state = bitmapLoad(load);
    if (state.cancelled && flags !== EOS) state.lost = true;
    if (flags & EOS) return undefined;
  }
}

function* readContent(load: Load, flags: number): Steps<LoadFailure | undefined> {
  if (flags & START) return yield* startBitmap(load);
  if (flags & COMPLETE) complete(load);
  else if (flags & BITS) return yield* loadBits(load, flags);
  return undefined;
}

function complete(load: Load): void {
  const { begun, bitmap } = bitmapLoad(load);
  const at = bitmap ? begun.indexOf(bitmap) : -1;
  if (at >= 0 && load.postcopy === "running") begun.splice(at, 1);
}
