import {
  BITMAP_NAME,
  DEVICE_NAME,
  EOS,
  EXTRA_FLAGS,
  START,
} from "../../../codec/formats/dirty-bitmap/dirty-bitmap.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import type { ErrorText } from "../../facts/error-text.ts";
import { type Fact, valueAt } from "../../facts/fact.ts";
import type { PrintfValue } from "../../facts/printf.ts";
import * as facts from "../../facts/qemu/dirty-bitmap/dirty-bitmap.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { refusal, refuse, report } from "../postcopy/refuse.ts";
import { terminated } from "../postcopy/terminated.ts";
import { bytes, number, type QemuFile } from "../qemu-file.ts";
import { findBitmapName, findNode } from "./aliases.ts";
import { bitmapLoad, cancelBitmaps } from "./bitmap-load.ts";

/** The flags of a chunk: of one, two or four bytes, of which QEMU keeps the last. */
export function* readFlags(file: QemuFile): Steps<number> {
  let flags = yield* number(file, 1, "DirtyBitmapFlags.first");
  if (!(flags & EXTRA_FLAGS)) return flags;
  flags = yield* number(file, 1, "DirtyBitmapFlags.second");
  if (!(flags & EXTRA_FLAGS)) return flags;
  return (yield* number(file, 2, "DirtyBitmapFlags.third")) % 256;
}

/** The names of a chunk: finds node and bitmap. QEMU's dirty_bitmap_load_header(). */
export function* readNames(load: Load, flags: number): Steps<LoadFailure | undefined> {
  const state = bitmapLoad(load);
  const { file } = load;
  const nothing = flags === (flags & EOS);
  let wrong: LoadFailure | undefined;
  if (flags & DEVICE_NAME) {
    const name = yield* readName(file, "DirtyBitmapName.name");
    if (name === undefined) return refuse(load, file, "EINVAL", facts.NODE_NAME_CUT);
    state.nodeAlias = name;
    if (!state.cancelled) {
      state.node = findNode(load, name);
      if (!state.node) wrong = giveUp(load);
    }
  } else if (!state.node && !nothing && !state.cancelled) wrong = giveUp(load, facts.NO_NAME);
  return wrong ?? (yield* readBitmapName(load, flags, nothing));
}

function* readBitmapName(load: Load, flags: number, nothing: boolean): Steps<LoadFailure | undefined> {
  const state = bitmapLoad(load);
  const { file } = load;
  if (!(flags & BITMAP_NAME)) {
    if (state.bitmap || nothing || state.cancelled) return undefined;
    return giveUp(load, facts.NO_NAME);
  }
  const alias = yield* readName(file, "DirtyBitmapName.name");
  if (alias === undefined) return refuse(load, file, "EINVAL", facts.BITMAP_NAME_CUT);
  const { node } = state;
  if (state.cancelled || !node) return undefined;
  const name = findBitmapName(load, node, alias);
  if (name === undefined) return giveUp(load, facts.UNKNOWN_BITMAP_ALIAS, alias, node.node, state.nodeAlias);
  state.bitmapName = name;
  state.bitmap = node.bitmaps.get(name);
  if (flags & START) return undefined;
  if (valueAt(facts.ONLY_BEGUN, load.host.peer.version, "later")) {
    const begun = state.begun.filter((bitmap) => bitmap.node === node);
    if (begun.length === 0) return giveUp(load, facts.ONLY_BEGUN, state.nodeAlias);
    state.bitmap = begun.find((bitmap) => bitmap.name === name);
  }
  if (state.bitmap) return undefined;
  const called = valueAt(facts.ALIASES, load.host.peer.version, "later") ? node.node : state.nodeAlias;
  return giveUp(load, facts.UNKNOWN_BITMAP, name, called);
}

/** Complains, then drops all bitmaps and goes on, or refuses where the release does. */
export function giveUp(
  load: Load,
  chapters: readonly Fact<ErrorText>[] = [],
  ...values: PrintfValue[]
): LoadFailure | undefined {
  report(load, chapters, ...values);
  if (!valueAt(facts.LENIENT, load.host.peer.version, "later")) return refusal(load.file, "EINVAL");
  cancelBitmaps(load);
  return undefined;
}

function* readName(file: QemuFile, path: string): Steps<string | undefined> {
  const length = yield* number(file, 1, "DirtyBitmapName.nameLength");
  const name = yield* bytes(file, length, path);
  return length > 0 && name.length === length ? terminated(name) : undefined;
}
