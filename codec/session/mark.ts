import type { Place } from "./events.ts";

/** Where something happened, ready for JSON. */
export interface Mark {
  /** Index of the channel. */
  readonly channel: number;
  readonly offset: number;
  /** Nanoseconds since the first packet; null where nothing tells the time. */
  readonly time: number | null;
}

export const markOf = ({ channel, offset, time }: Place): Mark => ({ channel: channel.index, offset, time });
