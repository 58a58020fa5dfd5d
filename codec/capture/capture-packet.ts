import type { CaptureState } from "./capture-state.ts";
import type { CaptureInterface } from "./events.ts";
import type { Network } from "./ip.ts";
import { readLink } from "./link.ts";

/** Takes in one packet, of which `bytes[at..at + captured)` were captured. Times are nanoseconds since the first packet. */
export function takePacket(
  network: Network,
  from: CaptureInterface,
  bytes: Uint8Array,
  view: DataView,
  at: number,
  captured: number,
  original: number,
  time: number,
  offset: number,
): void {
  const { capture } = network;
  const { packet } = capture;
  capture.packets++;
  capture.bytes += captured;
  from.packets++;
  if (time > capture.duration) capture.duration = time;
  if (original > captured && capture.cutPackets++ === 0) capture.firstCut = capture.packets;
  packet.bytes = bytes;
  packet.view = view;
  packet.at = at;
  packet.end = at + captured;
  packet.wireEnd = original > captured ? at + original : packet.end;
  packet.time = time;
  packet.offset = offset;
  readLink(network, from.linkType);
}

/** How the ticks of a clock become nanoseconds since the first packet of the capture. */
export interface Clock {
  /** Units in a second: a power of 10 or of 2. */
  readonly perSecond: bigint;
  /** Seconds to add. */
  readonly offset: bigint;
  readonly nanoseconds: number;
  /** Ticks at `origin`, in two halves: 64 bits do not fit a number. */
  high: number;
  low: number;
  /** Time of those ticks; NaN until the first packet. */
  origin: number;
}

export function createClock(perSecond: bigint, offset = 0n): Clock {
  return { perSecond, offset, nanoseconds: 1e9 / Number(perSecond), high: 0, low: 0, origin: Number.NaN };
}

/** The time of `high * unit + low` ticks. Only the first of each clock is computed with more than 53 bits. */
export function timeOf(capture: CaptureState, clock: Clock, high: number, low: number, unit: number): number {
  if (Number.isNaN(clock.origin)) {
    const ticks = BigInt(high) * BigInt(unit) + BigInt(low);
    const absolute = (ticks * 1_000_000_000n) / clock.perSecond + clock.offset * 1_000_000_000n;
    capture.start ??= absolute;
    clock.high = high;
    clock.low = low;
    clock.origin = clamp(Number(absolute - capture.start));
  }
  const ticks = (high - clock.high) * unit + low - clock.low;
  return clamp(clock.origin + Math.round(ticks * clock.nanoseconds));
}

function clamp(time: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, time));
}
