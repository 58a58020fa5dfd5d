import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { RECEIVED_BITMAP_END } from "../../facts/qemu/return-path/return-path.ts";
import {
  BITMAP_CUT,
  BITMAP_END,
  BITMAP_SIZE,
  BITMAP_STATE,
  BITMAP_UNKNOWN_BLOCK,
  BITMAP_WITHOUT_NAME,
} from "../../facts/qemu/return-path/return-path-bitmap-errors.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { number64, skip } from "../qemu-file.ts";
import { cString } from "./c-string.ts";
import { at, refuse, refuseInState } from "./refuse.ts";
import { type Departure, type Source, statuses } from "./state.ts";

const EIO = -5;

/** RECV_BITMAP, whose payload begins at `body`, and the bitmap behind it. */
export function* receivedBitmap(source: Source, length: number, body: number): Steps<Departure | undefined> {
  const { payload, file } = source;
  if (length < 1) {
    at(source, body - 2, "ReturnPathHeader.length");
    return refuse(source, BITMAP_WITHOUT_NAME);
  }
  payload[(payload[0] ?? 0) + 1] = 0;
  const name = cString(payload, 1);
  if (source.blocks && !source.blocks.has(name)) {
    at(source, body + 1, "RecvBitmapReply.block");
    return refuse(source, BITMAP_UNKNOWN_BLOCK, name);
  }
  if (source.phase !== "recovery" || source.resumed) {
    at(source, body - 4, "ReturnPathHeader.type");
    return refuseInState(
      source,
      BITMAP_STATE,
      statuses(source).map((status) => [status]),
    );
  }
  const size = yield* number64(file, "ReceivedBitmapHeader.size");
  const own = source.blocks?.get(name) ?? null;
  const expected = own === null ? Number(size) : bitmapSize(own);
  if (size !== BigInt(expected)) return refuse(source, BITMAP_SIZE, name, size, expected);
  const had = yield* skip(file, expected, "ReceivedBitmap");
  const mark = yield* number64(file, "ReceivedBitmapEnd.mark");
  if (file.error !== null) return refuse(source, BITMAP_CUT, ...cutValues(source, name, expected, had));
  if (mark !== BigInt(`0x${valueAt(RECEIVED_BITMAP_END, source.peer.version, "later")}`))
    return refuse(source, BITMAP_END, name, mark);
  source.bitmaps += 1;
  return undefined;
}

/** Older texts have the errno as well. */
function cutValues({ peer }: Source, name: string, expected: number, had: number): (string | number)[] {
  const printed = valueAt(BITMAP_CUT, peer.version, "later")?.to === "stderr";
  return printed ? [name, EIO, expected, had] : [name, expected, had];
}

function bitmapSize(length: number): number {
  return Math.ceil(Math.ceil(Math.floor(length / PAGE_SIZE) / 8) / 8) * 8;
}
