import { valueAt } from "../../facts/fact.ts";
import { REQUEST_CHECK, REQUEST_NEEDS_RAM } from "../../facts/qemu/return-path/return-path.ts";
import {
  REQUEST_LENGTH,
  REQUEST_MISALIGNED,
  REQUEST_OVERRUN,
  REQUEST_UNKNOWN_BLOCK,
  REQUEST_WITHOUT_BLOCK,
} from "../../facts/qemu/return-path/return-path-request-errors.ts";
import { PAGE_SIZE } from "../page-size.ts";
import type { QemuPeer } from "../peer.ts";
import { cString } from "./c-string.ts";
import { at, refuse } from "./refuse.ts";
import type { Departure, Source } from "./state.ts";

const HOST_PAGE = BigInt(PAGE_SIZE);
const NAME_AT = 13;

/** REQ_PAGES_ID, whose payload begins at `body`. */
export function requestOfBlock(source: Source, length: number, body: number): Departure | undefined {
  const nameLength = source.payload[NAME_AT - 1] ?? 0;
  const expected = length >= NAME_AT ? NAME_AT + nameLength : NAME_AT;
  if (length !== expected) {
    if (length < NAME_AT) at(source, body - 2, "ReturnPathHeader.length");
    else at(source, body + NAME_AT - 1, "ReqPagesIdPayload.nameLength");
    return refuse(source, REQUEST_LENGTH, length, expected);
  }
  source.payload[NAME_AT + nameLength] = 0;
  return request(source, "ReqPagesIdPayload", body, cString(source.payload, NAME_AT));
}

/** REQ_PAGES: of the block that was named last. */
export function requestAgain(source: Source, body: number): Departure | undefined {
  return request(source, "ReqPagesPayload", body, undefined);
}

function request(
  source: Source,
  table: string,
  body: number,
  name: string | undefined,
): Departure | undefined {
  const { payload, peer, phase, ponged } = source;
  const view = new DataView(payload.buffer, payload.byteOffset);
  const start = view.getBigUint64(0);
  const length = BigInt(view.getUint32(8));
  at(source, body, `${table}.start`);
  if (start % HOST_PAGE !== 0n || length % HOST_PAGE !== 0n) {
    if (start % HOST_PAGE === 0n) at(source, body + 8, `${table}.length`);
    return refuse(source, REQUEST_MISALIGNED, start, length);
  }
  if (name !== undefined && source.blocks && !source.blocks.has(name)) {
    at(source, body + NAME_AT, `${table}.block`);
    return refuse(source, REQUEST_UNKNOWN_BLOCK, name);
  }
  if (phase === "precopy" && !ponged && valueAt(REQUEST_NEEDS_RAM, peer.version, "later"))
    source.crash ??= "early";
  if (name === undefined && source.requested === undefined) {
    at(source, body - 4, "ReturnPathHeader.type");
    return refuse(source, REQUEST_WITHOUT_BLOCK);
  }
  source.requested = name ?? source.requested;
  const size = source.blocks?.get(source.requested ?? "") ?? null;
  if (size === null) return undefined;
  if (!within(BigInt(size), start, length, peer)) return refuse(source, REQUEST_OVERRUN, start, length, size);
  if (start > BigInt(size)) serveBeyond(source);
  return undefined;
}

/** The request's end has wrapped around: its pages are looked for far behind the block, in precopy for sure. */
function serveBeyond(source: Source): void {
  const { connection, offset, path } = source.file;
  source.crash = "served";
  if (source.phase === "precopy") source.stop ??= { connection, offset, path };
}

/** In 64 bits without a carry, as QEMU adds. */
function within(size: bigint, start: bigint, length: bigint, { version }: QemuPeer): boolean {
  const end = BigInt.asUintN(64, start + length);
  return valueAt(REQUEST_CHECK, version, "later") === "last-byte"
    ? BigInt.asUintN(64, end - 1n) < size
    : end <= size;
}
