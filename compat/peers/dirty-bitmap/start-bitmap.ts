import { RESERVED_START_FLAGS, SECTOR } from "../../../codec/formats/dirty-bitmap/dirty-bitmap.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { BITMAP_EXISTS } from "../../facts/qemu/dirty-bitmap/dirty-bitmap.ts";
import { UNKNOWN_START_FLAGS } from "../../facts/qemu/dirty-bitmap/dirty-bitmap-bits.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { refuse } from "../postcopy/refuse.ts";
import { number } from "../qemu-file.ts";
import { abort } from "./assertion.ts";
import { bitmapLoad } from "./bitmap-load.ts";

/** A chunk with START: makes the bitmap. */
export function* startBitmap(load: Load): Steps<LoadFailure | undefined> {
  const { file } = load;
  const granularity = yield* number(file, 4, "DirtyBitmapStart.granularity");
  const place = { ...file };
  const flags = yield* number(file, 1, "DirtyBitmapStart.flags");
  const state = bitmapLoad(load);
  if (state.cancelled || !state.node) return undefined;
  if (state.bitmap) return refuse(load, place, "EINVAL", BITMAP_EXISTS, state.bitmap.name);
  if (granularity < SECTOR || !Number.isInteger(Math.log2(granularity)))
    return abort(load, place, "granularity");
  const bitmap = { name: state.bitmapName, granularity, node: state.node };
  state.bitmap = bitmap;
  state.node.bitmaps.set(bitmap.name, bitmap);
  if (flags & RESERVED_START_FLAGS) return refuse(load, file, "EINVAL", UNKNOWN_START_FLAGS, flags);
  state.begun.push(bitmap);
  return undefined;
}
