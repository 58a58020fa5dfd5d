import { RECV_BITMAP_REPLY } from "../../../codec/formats/return-path/return-path.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import * as facts from "../../facts/qemu/postcopy/recovery-bitmaps.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { bytes, number, type QemuFile } from "../qemu-file.ts";
import { findBlock } from "./find-block.ts";
import { receivedBits } from "./received.ts";
import { refuse, report, unsure } from "./refuse.ts";
import { send } from "./return-path.ts";
import { terminated } from "./terminated.ts";

/** Ends a bitmap on the return path, in each release. */
const END_MARK = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef];

/** RECV_BITMAP. */
export function* sendReceivedBitmap(
  load: Load,
  file: QemuFile,
  length: number,
): Steps<LoadFailure | undefined> {
  const nameLength = yield* number(file, 1, "RecvBitmapPayload.nameLength");
  const name = yield* bytes(file, nameLength, "RecvBitmapPayload.block");
  if (nameLength === 0 || name.length < nameLength)
    return refuse(load, file, "EINVAL", facts.RECV_BITMAP_NAME);
  if (length !== nameLength + 1) return refuse(load, file, "EINVAL", facts.RECV_BITMAP_LENGTH, length);
  const block = terminated(name);
  const known = findBlock(load, block);
  if (!known) return refuse(load, file, "EINVAL", facts.RECV_BITMAP_BLOCK, block);
  if (load.host.status() !== "postcopy-recover") {
    report(load, facts.RECV_BITMAP_ONLY_RECOVERY);
    return undefined;
  }
  const bits = known.length === null ? undefined : receivedBits(load, known);
  if (!bits) return unsure(file, `which pages of ${block} have arrived is not known`);
  const nameBytes = [...block].map((character) => character.charCodeAt(0));
  send(load, RECV_BITMAP_REPLY, [block.length, ...nameBytes]);
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(bits.length));
  load.host.reply(size);
  load.host.reply(bits.slice());
  load.host.reply(Uint8Array.from(END_MARK));
  return undefined;
}
