import type { Connection, Direction } from "../capture/events.ts";
import type { Channel } from "./events.ts";
import type { Flow } from "./flow.ts";

/** One connection of a capture. */
export interface Link {
  readonly connection: Connection;
  readonly flows: Partial<Record<Direction, Flow>>;
  /** Directions that are no migration. */
  readonly ignored: Partial<Record<Direction, true>>;
  /** Bytes of the stream, those that are missing included. */
  readonly bytes: Record<Direction, number>;
  /** Direction that was closed first. */
  closedBy: Direction | undefined;
}

export const WAYS = ["client-to-server", "server-to-client"] as const;

export const OPPOSITE = {
  "client-to-server": "server-to-client",
  "server-to-client": "client-to-server",
} as const;

export function createLink(connection: Connection): Link {
  const bytes = { "client-to-server": 0, "server-to-client": 0 };
  return { connection, flows: {}, ignored: {}, bytes, closedBy: undefined };
}

/** What goes the other way, if that was recognised. */
export function channelAgainst(link: Link | null, direction: Direction | null): Channel | undefined {
  return link && direction ? link.flows[OPPOSITE[direction]]?.channel : undefined;
}

/** What is no migration costs nothing but a count. */
export function ignore(link: Link, direction: Direction): void {
  delete link.flows[direction];
  link.ignored[direction] = true;
}

/** The reader of a channel that ends too early should be able to say why. */
export function finishFlow(
  link: Link,
  direction: Direction,
  how: "fin" | "rst" | "open",
  by: Direction | undefined,
): void {
  link.flows[direction]?.finish((channel) => {
    const forward = channel.direction !== "destination-to-source";
    const side = by === undefined ? null : (by === direction) === forward ? "source" : "destination";
    channel.ended = { how, by: side };
  });
}
