import type { Connection, ConnectionEnd, Direction, Endpoint } from "../capture/events.ts";
import type { PageCounts } from "../formats/stream/qemu-events.ts";
import { noPages } from "../formats/stream/qemu-ram-state.ts";
import { type ChannelSummariser, type ChannelSummary, createChannelSummariser } from "./channel-summary.ts";
import type { Channel, SessionEvent } from "./events.ts";
import type { PostcopySummary } from "./postcopy.ts";
import { createRoom } from "./room.ts";
import type { MigrationState, StateChange } from "./states.ts";
import { createTimeline, type TimelineEntry } from "./timeline.ts";

export interface ConnectionSummary {
  readonly id: number;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly midstream: boolean;
  /** Nanoseconds since the first packet. */
  readonly opened: number;
  readonly established: number | null;
  readonly ended: number | null;
  readonly how: ConnectionEnd | null;
  /** Bytes of each direction, those that are missing included. */
  readonly bytes: Readonly<Record<Direction, number>>;
}

export interface MigrationSummary {
  readonly index: number;
  /** Where its connections go: address and port; empty for files. */
  readonly endpoint: string;
  /** The last state of each side that the wire proves. */
  readonly source: MigrationState;
  readonly destination: MigrationState;
  readonly states: readonly StateChange[];
  /** Pages sent on all its channels. */
  readonly pages: PageCounts;
  readonly postcopy: PostcopySummary | null;
}

/** What happened in a capture, or in files given together, in the form of `decode --json`. */
export interface SessionSummary {
  readonly channels: readonly ChannelSummary[];
  readonly connections: readonly ConnectionSummary[];
  readonly connectionsOmitted: number;
  readonly migrations: readonly MigrationSummary[];
  readonly timeline: readonly TimelineEntry[];
  readonly timelineOmitted: number;
}

export interface SessionSummariser {
  event(event: SessionEvent): void;
  summary(): SessionSummary;
}

interface Ending extends Pick<ConnectionSummary, "ended" | "how" | "bytes"> {}

const OPEN: Ending = { ended: null, how: null, bytes: { "client-to-server": 0, "server-to-client": 0 } };

/** Connections listed, beside those that hold a migration; and state changes of one migration. */
const MOST_CONNECTIONS = 1000;
const MOST_CHANGES = 200;

export function createSessionSummariser(): SessionSummariser {
  const channels: ChannelSummariser[] = [];
  const connections = new Map<Connection, Ending>();
  const states = new Map<number, StateChange[]>();
  const ends: Extract<SessionEvent, { kind: "migration-end" }>[] = [];
  /** Connections without a SYN whose client is the destination. */
  const swapped = new Set<Connection | null>();
  const timeline = createTimeline();
  const room = createRoom();
  let connectionCount = 0;

  function list(connection: Connection): void {
    if (!connections.has(connection)) connections.set(connection, OPEN);
  }

  return {
    event(event) {
      timeline.event(event);
      switch (event.kind) {
        case "connection":
          connectionCount++;
          if (connections.size < MOST_CONNECTIONS) list(event.connection);
          break;
        case "connection-end":
          if (connections.has(event.connection))
            connections.set(event.connection, { ended: event.time, how: event.how, bytes: event.bytes });
          break;
        case "channel":
          channels[event.channel.index] = createChannelSummariser(event.channel, room);
          if (event.channel.connection) list(event.channel.connection);
          if (isSwapped(event.channel)) swapped.add(event.channel.connection);
          break;
        case "stream":
        case "multifd":
        case "return-path":
          channels[event.channel.index]?.event(event);
          break;
        case "state": {
          const changes = states.get(event.migration) ?? [];
          if (changes.length < MOST_CHANGES) changes.push(event.change);
          states.set(event.migration, changes);
          break;
        }
        case "migration-end":
          ends.push(event);
          break;
        default:
          break;
      }
    },
    summary() {
      const told = channels.map((channel) => channel.summary());
      return {
        channels: told,
        connections: [...connections].map(([connection, ending]) =>
          summarise(connection, ending, swapped.has(connection)),
        ),
        connectionsOmitted: connectionCount - connections.size,
        migrations: ends.map(({ migration, endpoint, source, destination, postcopy }) => ({
          index: migration,
          endpoint,
          source,
          destination,
          states: states.get(migration) ?? [],
          pages: sum(told.filter((channel) => channel.migration === migration)),
          postcopy,
        })),
        timeline: timeline.entries,
        timelineOmitted: timeline.omitted,
      };
    },
  };
}

function sum(channels: readonly ChannelSummary[]): PageCounts {
  const total = noPages();
  for (const channel of channels) {
    const pages: Partial<PageCounts> | undefined = channel.pages ?? channel.stream?.ram?.pages;
    for (const kind of ["normal", "zero", "xbzrle", "compressed"] as const) total[kind] += pages?.[kind] ?? 0;
  }
  return total;
}

/** The source connects to the destination: where that was not captured, what travels tells who is who. */
function isSwapped({ connection, way, direction }: Channel): boolean {
  if (!connection?.midstream || direction === null) return false;
  return (way === "client-to-server") !== (direction === "source-to-destination");
}

function summarise(connection: Connection, { ended, how, bytes }: Ending, swap: boolean): ConnectionSummary {
  const { id, client, server, midstream, opened, established } = connection;
  const ends = swap ? { client: server, server: client } : { client, server };
  const both = {
    "client-to-server": bytes["server-to-client"],
    "server-to-client": bytes["client-to-server"],
  };
  return { id, ...ends, midstream, opened, established, ended, how, bytes: swap ? both : bytes };
}
