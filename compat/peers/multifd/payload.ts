import { MOST_PAYLOAD } from "../../../codec/formats/multifd/multifd.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import {
  MULTIFD_EARLY_PAGES_CRASH,
  MULTIFD_EMPTY_PAYLOAD,
} from "../../facts/qemu/multifd/multifd-payload.ts";
import {
  MULTIFD_IN_POSTCOPY,
  MULTIFD_METHOD,
  MULTIFD_PAYLOAD_TOO_LONG,
  MULTIFD_ZLIB_EMPTY,
  MULTIFD_ZSTD_EMPTY,
} from "../../facts/qemu/multifd/multifd-payload-errors.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { skip } from "../qemu-file.ts";
import { type ChannelContext, type ChannelEnd, cut } from "./channel-context.ts";
import type { RamPacket } from "./packet.ts";
import { methodFlag } from "./settings.ts";
import { told } from "./text.ts";

const ABORT = 6;
const SEGMENTATION_FAULT = 11;

/** Receives the pages of a packet, without looking at their content. */
export function* receivePages(
  context: ChannelContext,
  flags: number,
  packet: RamPacket,
  start: number,
): Steps<ChannelEnd | undefined> {
  const { file, id, channels } = context;
  const { version, method, methodMask } = channels.settings;
  const { normalPages, zeroPages, nextPacketSize } = packet;
  if (normalPages + zeroPages === 0) return undefined;
  const at = { offset: start + 8, path: "MultifdPacketHeader.flags" };
  const postcopyLine = told(MULTIFD_IN_POSTCOPY, version);
  if (postcopyLine && context.inPostcopy())
    return { how: "crashed", signal: ABORT, line: postcopyLine, ...at };
  if (methodMask !== null && (flags & methodMask) !== methodFlag(method)) {
    const error = told(MULTIFD_METHOD, version, id, flags & methodMask, methodFlag(method));
    return { how: "failed", error, ...at, lacking: false };
  }
  const size = { offset: start + 20, path: "MultifdPacketHeader.nextPacketSize" };
  const long = told(MULTIFD_PAYLOAD_TOO_LONG, version, id, nextPacketSize, MOST_PAYLOAD);
  if (method !== "none" && nextPacketSize > MOST_PAYLOAD && long !== "")
    return { how: "failed", error: long, ...size, lacking: false };
  const early = (): ChannelEnd | undefined =>
    valueAt(MULTIFD_EARLY_PAGES_CRASH, version, "later") === true && !context.isLoading()
      ? { how: "crashed", signal: SEGMENTATION_FAULT, line: "", offset: start, path: "MultifdPacketHeader" }
      : undefined;
  const crash = zeroPages > 0 || method === "none" ? early() : undefined;
  if (crash) return crash;
  if (method === "none") return yield* payload(context, normalPages * PAGE_SIZE);
  const empty = normalPages === 0 ? valueAt(MULTIFD_EMPTY_PAYLOAD, version, "later") : undefined;
  if (empty !== undefined) {
    if (nextPacketSize === 0) return undefined;
    const said = told(method === "zstd" ? MULTIFD_ZSTD_EMPTY : MULTIFD_ZLIB_EMPTY, version, id);
    if (empty === "refused") return { how: "failed", error: said, ...size, lacking: false };
    return { how: "crashed", signal: ABORT, line: said, ...size };
  }
  if (nextPacketSize > MOST_PAYLOAD)
    return { how: "unknown", why: "what lies in memory behind the buffer for compressed pages" };
  if (nextPacketSize === 0 && normalPages > 0)
    return { how: "unknown", why: `what ${method} makes of no input` };
  return (yield* payload(context, nextPacketSize, file.cursor.offset)) ?? early();
}

function* payload(
  context: ChannelContext,
  length: number,
  from = context.file.cursor.offset,
): Steps<ChannelEnd | undefined> {
  const had = yield* skip(context.file, length, "MultifdPacket.payload");
  return had < length ? cut(context, from) : undefined;
}
