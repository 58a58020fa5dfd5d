import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { BLOCK_FAILS_AT_ONCE } from "../../facts/qemu/ram/ram.ts";
import * as ramBlockErrors from "../../facts/qemu/ram/ram-block-errors.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { capable, type PeerBlock, pageSizeOf } from "../peer.ts";
import { refusal, refuse, report } from "../postcopy/refuse.ts";
import { terminated } from "../postcopy/terminated.ts";
import { bytes, number, number64 } from "../qemu-file.ts";
import type { Load, LoadFailure } from "./load.ts";
import { loadMappedBlock } from "./load-mapped-block.ts";
import { aligned, announce, findBlock, isResizable, limitOf, sharedFields } from "./ram-blocks.ts";

/** The list of RAM blocks, until their lengths add up to `total`. QEMU's parse_ramblocks(). */
export function* loadRamBlocks(load: Load, total: bigint): Steps<LoadFailure | undefined> {
  const { file } = load;
  let left = total;
  while (left > 0n) {
    const nameLength = yield* number(file, 1, "RamBlockEntry.nameLength");
    const idstr = terminated(yield* bytes(file, nameLength, "RamBlockEntry.idstr"));
    const { offset, path } = file;
    const length = yield* number64(file, "RamBlockEntry.usedLength");
    const block = findBlock(load, idstr);
    if (!block) return { ...refuse(load, file, "EINVAL", ramBlockErrors.BLOCK_UNKNOWN, idstr), offset, path };
    const failure = yield* loadBlock(load, block, length);
    if (failure) return failure;
    left = BigInt.asUintN(64, left - length);
  }
  return undefined;
}

/** With postcopy each block of huge pages has their size. */
function* readPageSize(load: Load, idstr: string): Steps<LoadFailure | undefined> {
  const { file, host, postcopy } = load;
  const own = pageSizeOf(host.peer, idstr);
  const texts = ramBlockErrors.BLOCK_PAGE_SIZE_DIFFERS;
  const isSent = own !== PAGE_SIZE && postcopy !== "none" && capable(host.peer, "postcopy-ram");
  if (!isSent || !valueAt(texts, host.peer.version, "later")) return undefined;
  const size = yield* number64(file, "RamBlockEntry.pageSize");
  return size === BigInt(own) ? undefined : refuse(load, file, "EINVAL", texts, idstr, own, size);
}

/** QEMU's parse_ramblock(). */
function* loadBlock(load: Load, block: PeerBlock, length: bigint): Steps<LoadFailure | undefined> {
  const { file, host } = load;
  const { idstr } = block;
  const shared = sharedFields(load);
  if (shared === "address-first") yield* number64(file, "RamBlockEntry.address");
  if (capable(host.peer, "mapped-ram")) return yield* loadMappedBlock(load, block, length);
  const { offset, path } = file;
  let failure: LoadFailure | undefined;
  const size = aligned(length);
  const limit = limitOf(idstr);
  if (load.blocks?.has(idstr) && !isResizable(idstr) && size !== BigInt(block.length)) {
    const refused = refuse(
      load,
      file,
      "EINVAL",
      ramBlockErrors.BLOCK_SIZE_DIFFERS,
      idstr,
      size,
      block.length,
    );
    failure = { ...refused, offset, path };
  } else if (limit !== undefined && size > BigInt(limit)) {
    failure = {
      ...refuse(load, file, "EINVAL", ramBlockErrors.BLOCK_TOO_LARGE, idstr, size, limit),
      offset,
      path,
    };
  }
  const failsAtOnce = valueAt(BLOCK_FAILS_AT_ONCE, host.peer.version, "later");
  if (failure && failsAtOnce) return failure;
  const mismatch = yield* readPageSize(load, idstr);
  if (mismatch && failsAtOnce) return mismatch;
  failure ??= mismatch;
  if (!failure) announce(load, idstr, Number(size));
  if (shared === "address" || shared === "address-and-flag") yield* number64(file, "RamBlockEntry.address");
  if (shared !== "address-and-flag") return failure;
  const left = yield* number(file, 1, "RamBlockEntry.ignoredFlag");
  if (left === 0) return failure;
  report(load, ramBlockErrors.SHARED_FLAG_DIFFERS, idstr, "");
  return failure ?? refusal(file, "EINVAL");
}
