import { SECTOR, ZEROES } from "../../../codec/formats/dirty-bitmap/dirty-bitmap.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { LENIENT } from "../../facts/qemu/dirty-bitmap/dirty-bitmap.ts";
import * as facts from "../../facts/qemu/dirty-bitmap/dirty-bitmap-bits.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { refuse } from "../postcopy/refuse.ts";
import { number, number64, type QemuFile, skip } from "../qemu-file.ts";
import { abort } from "./assertion.ts";
import { type Bitmap, bitmapLoad } from "./bitmap-load.ts";
import { giveUp } from "./chunk-header.ts";

/** Bytes of bits are padded by the sender to a multiple of this. */
const PADDING = 32n;

/** A chunk with BITS. */
export function* loadBits(load: Load, flags: number): Steps<LoadFailure | undefined> {
  const { file } = load;
  const first = BigInt.asUintN(64, (yield* number64(file, "DirtyBitmapBits.startSector")) * BigInt(SECTOR));
  const place = { ...file };
  const count = BigInt(yield* number(file, 4, "DirtyBitmapBits.sectorCount")) * BigInt(SECTOR);
  const { bitmap, cancelled } = bitmapLoad(load);
  const current = cancelled ? undefined : bitmap;
  const size = current && needed(current, first, count);
  if (flags & ZEROES) return typeof size === "string" ? abort(load, place, size) : undefined;
  const length = yield* number64(file, "DirtyBitmapBuffer.length");
  const atLength = { ...file };
  const longest = valueAt(facts.LONGEST_BITS, load.host.peer.version, "later");
  const lenient = valueAt(LENIENT, load.host.peer.version, "later");
  if (longest !== undefined && length > BigInt(longest))
    return refuse(load, file, "EIO", facts.BITS_TOO_LONG);
  if (lenient) {
    const cut = yield* readBits(load, file, length);
    if (cut) return cut;
  }
  if (!current || size === undefined) return undefined;
  if (typeof size === "string") return abort(load, place, size);
  const padded = ((size + PADDING - 1n) / PADDING) * PADDING;
  if (size > length || length > padded) {
    const failure = giveUp(load, facts.BITS_MISFIT, current.name);
    return failure && { ...failure, offset: atLength.offset, path: atLength.path };
  }
  return lenient ? undefined : yield* readBits(load, file, length);
}

function* readBits(load: Load, file: QemuFile, length: bigint): Steps<LoadFailure | undefined> {
  const have = yield* skip(file, Number(length), "DirtyBitmapBuffer.bits");
  return BigInt(have) < length ? refuse(load, file, "EIO", facts.BITS_CUT) : undefined;
}

/** Bytes of the bits of a range, or what QEMU finds wrong with it and aborts over. */
function needed(
  { granularity, node: { length } }: Bitmap,
  first: bigint,
  count: bigint,
): bigint | "start" | "end" | "count" {
  if (count === 0n) return 0n;
  const bit = BigInt(granularity);
  const word = 64n * bit;
  const last = BigInt.asUintN(64, first + count - 1n);
  if (first % word !== 0n) return "start";
  if (length !== undefined) {
    const bits = (BigInt(length) + bit - 1n) / bit;
    if (last / bit >= bits) return "end";
    if (last / bit !== bits - 1n && count % word !== 0n) return "count";
  }
  return (last / word - first / word + 1n) * 8n;
}
