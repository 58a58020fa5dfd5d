import { CONTINUE } from "../../../codec/formats/stream/qemu-ram.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { CONTINUE_CHECKS_OFFSET } from "../../facts/qemu/ram/ram.ts";
import * as texts from "../../facts/qemu/ram/ram-errors.ts";
import type { PeerBlock } from "../peer.ts";
import { refuse, report } from "../postcopy/refuse.ts";
import { terminated } from "../postcopy/terminated.ts";
import { bytes, number } from "../qemu-file.ts";
import type { Load, LoadFailure } from "./load.ts";
import { findBlock } from "./ram-blocks.ts";

/** The first word of a RAM record, and where it stands. */
export interface RamWord {
  readonly flags: number;
  readonly address: bigint;
  readonly offset: number;
  readonly path: string;
}

/** Finds the block of a page, and refuses a page that is not within. QEMU's ram_block_from_stream(). */
export function* blockOfRecord(load: Load, record: RamWord): Steps<LoadFailure | undefined> {
  const { file } = load;
  const { flags, address, offset, path } = record;
  const block = yield* namedBlock(load, record);
  if (block && address < BigInt(block.length)) return undefined;
  const named = { offset: file.offset, path: file.path };
  const refused = refuse(load, file, "EINVAL", texts.OFFSET_ILLEGAL, address);
  return { ...refused, ...(block || flags & CONTINUE ? { offset, path } : named) };
}

function* namedBlock(load: Load, { flags, address }: RamWord): Steps<PeerBlock | undefined> {
  const { file } = load;
  load.lastBlock ??= [];
  const together = valueAt(CONTINUE_CHECKS_OFFSET, load.host.peer.version, "later") === true;
  const within = (block: PeerBlock | undefined) =>
    block && (!together || address < BigInt(block.length)) ? block : undefined;
  if (flags & CONTINUE) {
    const last = within(load.lastBlock[0]);
    if (!last) report(load, texts.PAGE_WITHOUT_BLOCK);
    return last;
  }
  const length = yield* number(file, 1, "RamBlockName.nameLength");
  const idstr = terminated(yield* bytes(file, length, "RamBlockName.idstr"));
  const block = within(findBlock(load, idstr));
  if (block) load.lastBlock[0] = block;
  else report(load, texts.PAGE_BLOCK_UNKNOWN, idstr);
  return block;
}
