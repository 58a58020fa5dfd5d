import type { Steps } from "../../../codec/layout/index.ts";
import { reached, valueAt } from "../../facts/fact.ts";
import {
  PACKAGE_LOADED_PONG,
  RETURN_PATH_BUFFER,
  RETURN_PATH_END,
  RETURN_PATH_MESSAGES,
  RETURN_PATH_NUMBERS,
  type ReturnPathMessage,
  SWITCHOVER_ACKS,
} from "../../facts/qemu/return-path/return-path.ts";
import { RESUME_ACK_VALUE } from "../../facts/qemu/return-path/return-path-bitmap-errors.ts";
import {
  INCORRECT_LENGTH,
  INVALID_MESSAGE,
  SHORT_PAYLOAD,
  SIBLING_ERROR,
  SWITCHOVER_UNDERFLOW,
} from "../../facts/qemu/return-path/return-path-errors.ts";
import { bytes, number } from "../qemu-file.ts";
import { receivedBitmap } from "./bitmap.ts";
import { at, refuse } from "./refuse.ts";
import { requestAgain, requestOfBlock } from "./requests.ts";
import type { Departure, Reading, Source } from "./state.ts";

/** What QEMU prints for the length of a message that has none: -1 as a size_t. */
const ANY_LENGTH = 0xffff_ffff_ffff_ffffn;
const RESUME_ACK = 1;

/** Reads the return path to its end, or to the first message that ends it. */
export function* readReturnPath(source: Source): Reading {
  for (;;) {
    const departure = yield* readMessage(source);
    if (departure) return departure;
  }
}

function* readMessage(source: Source): Steps<Departure | undefined> {
  const { file, peer, payload } = source;
  const from = file.cursor.offset;
  const type = yield* number(file, 2, "ReturnPathHeader.type");
  const length = yield* number(file, 2, "ReturnPathHeader.length");
  const body = file.cursor.offset;
  const ended = file.error !== null;
  if (ended && valueAt(RETURN_PATH_END, peer.version, "later") === "error")
    return { how: "end", cut: body > from };
  const known =
    type < (valueAt(RETURN_PATH_NUMBERS, peer.version, "later") ?? 0) && messageAt(type, peer.version);
  at(source, from, "ReturnPathHeader.type");
  if (!known) {
    const departure = refuse(source, INVALID_MESSAGE, type, length);
    if (ended && body - from < 2) source.stop = null;
    return departure;
  }
  at(source, from + 2, "ReturnPathHeader.length");
  const buffer = valueAt(RETURN_PATH_BUFFER, peer.version, "later") ?? 0;
  if ((known.length !== null && length !== known.length) || length > buffer)
    return refuse(source, INCORRECT_LENGTH, known.name, type, length, known.length ?? ANY_LENGTH);
  const got = yield* bytes(file, length, "ReturnPathHeader.length");
  payload.set(got);
  at(source, from + 2, "ReturnPathHeader.length");
  if (got.length !== length) return refuse(source, SHORT_PAYLOAD, type, got.length, length);
  return yield* act(source, known, length, body);
}

function messageAt(type: number, version: string): ReturnPathMessage | undefined {
  const fact = RETURN_PATH_MESSAGES.find(({ value }) => value.type === type);
  return fact && reached(fact.since, version, "later") ? fact.value : undefined;
}

function* act(
  source: Source,
  { name }: ReturnPathMessage,
  length: number,
  body: number,
): Steps<Departure | undefined> {
  switch (name) {
    case "SHUT":
      return shut(source, body);
    case "PONG":
      return pong(source);
    case "REQ_PAGES":
      return requestAgain(source, body);
    case "REQ_PAGES_ID":
      return requestOfBlock(source, length, body);
    case "RECV_BITMAP":
      return yield* receivedBitmap(source, length, body);
    case "RESUME_ACK":
      return resume(source, body);
    default:
      return switchoverAck(source, body);
  }
}

function word({ payload }: Source): number {
  return new DataView(payload.buffer, payload.byteOffset).getUint32(0);
}

function shut(source: Source, body: number): Departure {
  const status = word(source);
  if (status === 0) return { how: "shut" };
  at(source, body, "ShutPayload.status");
  return refuse(source, SIBLING_ERROR, status > 0x7fff_ffff ? status - 0x1_0000_0000 : status);
}

function pong(source: Source): undefined {
  source.ponged = true;
  if (word(source) === valueAt(PACKAGE_LOADED_PONG, source.peer.version, "later"))
    source.packageLoaded = true;
}

function resume(source: Source, body: number): Departure | undefined {
  at(source, body, "ResumeAckPayload.value");
  if (word(source) !== RESUME_ACK) return refuse(source, RESUME_ACK_VALUE, word(source));
  if (source.phase === "recovery") source.resumed = true;
  return undefined;
}

function switchoverAck(source: Source, body: number): Departure | undefined {
  source.acksAwaited -= 1;
  source.acked = true;
  if (valueAt(SWITCHOVER_ACKS, source.peer.version, "later") !== "count" || source.acksAwaited >= 0)
    return undefined;
  at(source, body - 4, "ReturnPathHeader.type");
  return refuse(source, SWITCHOVER_UNDERFLOW);
}
