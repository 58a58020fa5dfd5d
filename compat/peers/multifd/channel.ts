import { SYNC } from "../../../codec/formats/multifd/multifd.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { MULTIFD_HEADER_FIRST } from "../../facts/qemu/multifd/multifd.ts";
import { MULTIFD_HEADER_ONLY } from "../../facts/qemu/multifd/multifd-errors.ts";
import { MULTIFD_DEVICE_STATE } from "../../facts/qemu/multifd/multifd-payload.ts";
import { bytes } from "../qemu-file.ts";
import { type ChannelContext, type ChannelEnd, cut } from "./channel-context.ts";
import { sync } from "./channels.ts";
import { receiveState } from "./device-state.ts";
import { hasFlag, judgeHeader, judgePacket, type PacketError } from "./packet.ts";
import { receivePages } from "./payload.ts";
import { told } from "./text.ts";

const ENDED: ChannelEnd = { how: "ended" };
const HEADER = 12;

/** Receives packets on a channel until it ends. */
export function* receivePackets(context: ChannelContext): Steps<ChannelEnd> {
  while (!context.channels.quitting) {
    const end = yield* receivePacket(context);
    if (end) return end;
  }
  return ENDED;
}

function* receivePacket(context: ChannelContext): Steps<ChannelEnd | undefined> {
  const { file, channels, find } = context;
  const { settings } = channels;
  const start = file.cursor.offset;
  const length = settings.head + 8 * settings.pages;
  const headerFirst = valueAt(MULTIFD_HEADER_FIRST, settings.version, "later") === true;
  const packet = new Uint8Array(length);
  const header = yield* bytes(file, headerFirst ? HEADER : length, "MultifdPacketHeader");
  if (header.length === 0) return ENDED;
  if (header.length < (headerFirst ? HEADER : length)) return cut(context, start);
  packet.set(header);
  const view = new DataView(packet.buffer);
  const wrong = judgeHeader(view, settings);
  if (wrong) return refused(wrong, start);
  const flags = view.getUint32(8);
  const state = valueAt(MULTIFD_DEVICE_STATE, settings.version, "later");
  if (state && hasFlag(flags, state.flag))
    return yield* receiveState(context, packet.subarray(0, state.length), start);
  if (headerFirst) {
    const rest = yield* bytes(file, length - HEADER, "MultifdPacketHeader.pagesAlloc");
    if (rest.length === 0) return cut(context, start + HEADER, told(MULTIFD_HEADER_ONLY, settings.version));
    if (rest.length < length - HEADER) return cut(context, start + HEADER);
    packet.set(rest, HEADER);
  }
  const judged = judgePacket(view, settings, find);
  if ("error" in judged) return refused(judged, start);
  channels.ignoredZeroPages += judged.ignoredZeroPages ?? 0;
  const end = yield* receivePages(context, flags, judged, start);
  if (end) return end;
  if (hasFlag(flags, SYNC)) yield* sync(channels, context.id, context.gate);
  return undefined;
}

function refused({ error, field, offset }: PacketError, start: number): ChannelEnd {
  const path = field === "offset" ? "MultifdPageOffset.offset" : `MultifdPacketHeader.${field}`;
  return { how: "failed", error, offset: start + offset, path, lacking: false };
}
