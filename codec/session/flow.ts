import type { GapReason } from "../capture/events.ts";
import type { ChannelReader } from "../formats/channel-reader.ts";
import { concat } from "../layout/bytes.ts";
import type { Channel } from "./events.ts";
import { type Identity, identify } from "./identify.ts";
import { createProbe, type Probe } from "./probe.ts";

/** One direction of a connection, from its first byte on. */
export interface Flow {
  /** Undefined until it was recognised. */
  readonly channel: Channel | undefined;
  push(chunk: Uint8Array): void;
  lose(count: number, why?: GapReason): void;
  /** Says that no more comes; `mark` sees the channel before its reader hears of that. */
  finish(mark?: (channel: Channel) => void): void;
  readonly skippable: number;
  skip(count: number): void;
}

/** What was made of a flow that was recognised; no reader for what is not read. */
export interface Recognised {
  readonly channel: Channel;
  readonly reader: ChannelReader | undefined;
}

/** What a flow asks of the session it belongs to. */
export interface FlowHost {
  /** The other direction is a main channel. */
  answers(): boolean;
  /** Makes the channel and its reader, whose first byte will be the one at `offset`. */
  recognised(identity: Identity, offset: number): Recognised;
  /** Bytes are missing behind those the channel has by now. */
  gap(channel: Channel, count: number, why: GapReason): void;
  /** Whether one more flow may be searched for a migration it is in the middle of. */
  mayProbe(): boolean;
}

const EMPTY: Uint8Array = new Uint8Array(0);

/**
 * Recognises what a direction is, by its first bytes or, where these were not captured, by what turns up further on, and
 * hands its bytes to the right reader. `midstream` says that the capture does not have its beginning.
 */
export function createFlow(host: FlowHost, midstream: boolean, as?: Identity): Flow {
  let head = EMPTY;
  let lostBefore = 0;
  let channel: Channel | undefined;
  let reader: ChannelReader | undefined;
  let probe: Probe | undefined;

  function settle(identity: Identity, bytes: Uint8Array, offset: number): void {
    probe = undefined;
    head = EMPTY;
    ({ channel, reader } = host.recognised(identity, offset));
    channel.bytes = offset + bytes.length;
    if (bytes.length > 0) reader?.push(bytes);
  }

  function decide(whole: boolean): void {
    const identity = as ?? identify(head, whole, host.answers());
    if (!identity) return;
    const late = midstream || lostBefore > 0;
    if (identity.role !== "unknown" || !late || !host.mayProbe()) settle(identity, head, lostBefore);
    else search();
  }

  function search(): void {
    const bytes = head;
    head = EMPTY;
    probe = createProbe((found, window, offset) => settle(found, window, offset + lostBefore));
    probe.push(bytes);
  }

  return {
    get channel() {
      return channel;
    },
    push(chunk) {
      if (channel) {
        channel.bytes += chunk.length;
        reader?.push(chunk);
      } else if (probe) probe.push(chunk);
      else {
        head = head.length === 0 ? chunk.slice() : concat([head, chunk]);
        decide(false);
      }
    },
    lose(count, why = "not-captured") {
      if (!channel && !probe && head.length > 0) decide(true);
      if (channel) {
        host.gap(channel, count, why);
        channel.bytes += count;
        channel.lost += count;
        reader?.lose(count);
      } else if (probe) probe.lose(count);
      else lostBefore += count;
    },
    finish(mark) {
      if (!channel && !probe && head.length > 0) decide(true);
      probe?.finish();
      if (channel) mark?.(channel);
      reader?.finish();
    },
    get skippable() {
      return reader?.skippable ?? 0;
    },
    skip(count) {
      if (channel) channel.bytes += count;
      reader?.skip(count);
    },
  };
}
