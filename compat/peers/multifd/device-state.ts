import type { Steps } from "../../../codec/layout/index.ts";
import { MULTIFD_HEADER_ONLY } from "../../facts/qemu/multifd/multifd-errors.ts";
import {
  MULTIFD_STATE_DEVICE,
  MULTIFD_STATE_EMPTY,
  MULTIFD_STATE_NAME,
} from "../../facts/qemu/multifd/multifd-state-errors.ts";
import { bytes, skip } from "../qemu-file.ts";
import { type ChannelContext, type ChannelEnd, cut } from "./channel-context.ts";
import { told } from "./text.ts";

const HEADER = 12;
const NAME_LENGTH = 256;

/** Receives a packet of device state, of which no device of the models has any. */
export function* receiveState(context: ChannelContext, packet: Uint8Array, start: number): Steps<ChannelEnd> {
  const { file, channels } = context;
  const { version } = channels.settings;
  const rest = yield* bytes(file, packet.length - HEADER, "MultifdDeviceState.idstr");
  if (rest.length === 0) return cut(context, start + HEADER, told(MULTIFD_HEADER_ONLY, version));
  if (rest.length < packet.length - HEADER) return cut(context, start + HEADER);
  const view = new DataView(rest.buffer, rest.byteOffset, rest.byteLength);
  const length = view.getUint32(NAME_LENGTH + 4);
  const failed = (error: string, offset: number, field: string): ChannelEnd => ({
    how: "failed",
    error,
    offset: start + offset,
    path: `MultifdDeviceState.${field}`,
    lacking: false,
  });
  if (length === 0) return failed(told(MULTIFD_STATE_EMPTY, version), 272, "nextPacketSize");
  const had = yield* skip(file, length, "MultifdDeviceState.payload");
  if (had < length) return cut(context, start + packet.length);
  if (rest[NAME_LENGTH - 1] !== 0) return failed(told(MULTIFD_STATE_NAME, version), HEADER, "idstr");
  const name = String.fromCharCode(...rest.subarray(0, rest.indexOf(0)));
  const instance = view.getUint32(NAME_LENGTH);
  return failed(told(MULTIFD_STATE_DEVICE, version, name, instance), HEADER, "idstr");
}
