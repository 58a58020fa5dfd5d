import { CONTINUE } from "../../../codec/formats/stream/qemu-ram.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import * as facts from "../../facts/qemu/postcopy/postcopy-ram.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import type { PeerBlock } from "../peer.ts";
import { bytes, number, type QemuFile } from "../qemu-file.ts";
import { findBlock } from "./find-block.ts";
import { refusal, refuse, report } from "./refuse.ts";
import { terminated } from "./terminated.ts";

/** By which channel pages come, as messages number it: 0 is the main channel, 1 the preempt channel. */
export type PageChannel = 0 | 1;

/** Finds the block of a page record, by its name or as the one before, and refuses a page beyond its end. */
export function* blockOfPage(
  load: Load,
  file: QemuFile,
  flags: number,
  address: bigint,
  channel: PageChannel,
): Steps<LoadFailure | undefined> {
  const { offset, path } = file;
  const block = yield* namedBlock(load, file, flags, channel);
  if (block && address < BigInt(block.length)) return undefined;
  if (!block && valueAt(facts.POSTCOPY_BLOCK_CHECKED, load.host.peer.version, "later"))
    return refusal(file, "EINVAL");
  const refused = refuse(load, file, "EINVAL", facts.PAGE_ILLEGAL_OFFSET, address);
  return block ? { ...refused, offset, path } : refused;
}

function* namedBlock(
  load: Load,
  file: QemuFile,
  flags: number,
  channel: PageChannel,
): Steps<PeerBlock | undefined> {
  load.lastBlock ??= [];
  if (flags & CONTINUE) {
    const last = load.lastBlock[channel];
    if (!last) report(load, facts.PAGE_WITHOUT_BLOCK);
    return last;
  }
  const length = yield* number(file, 1, "RamBlockName.nameLength");
  const idstr = terminated(yield* bytes(file, length, "RamBlockName.idstr"));
  const found = findBlock(load, idstr);
  const block = found && { idstr, length: found.length ?? Number.MAX_SAFE_INTEGER };
  if (block) load.lastBlock[channel] = block;
  else report(load, facts.PAGE_UNKNOWN_BLOCK, idstr);
  return block;
}
