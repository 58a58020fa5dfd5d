import type { Connection, Direction } from "./events.ts";
import type { Held } from "./tcp-held.ts";

/**
 * One direction of a connection. Sequence numbers are 32 bits that wrap, and are kept as signed numbers so that
 * differences can be taken with `| 0`; offsets count from the first byte and never wrap.
 */
export interface Stream {
  readonly connection: Connection;
  readonly direction: Direction;
  /** Whether `nextSequence` means anything yet, and whether a SYN or its acknowledgement said so. */
  known: boolean;
  exact: boolean;
  /** Sequence number of offset 0. */
  base: number;
  nextSequence: number;
  /** Offset of the next byte to deliver. */
  next: number;
  /** Offset behind the last byte, once FIN told; -1 before. */
  finAt: number;
  finished: boolean;
  /** Offset up to which the receiver acknowledged bytes that the capture does not have; -1 when it did not. */
  acknowledged: number;
  /** When that was first noticed: packets of the flow and time. */
  provenPackets: number;
  provenTime: number;
  /** Parts behind a hole; null when there is none. */
  held: Held | null;
}

/** A connection as the reader knows it. Addresses are four 32-bit words; IPv4 uses the last. */
export interface Flow {
  readonly connection: Connection;
  readonly hash: number;
  readonly v6: boolean;
  readonly clientAddress: Address;
  readonly serverAddress: Address;
  readonly clientPort: number;
  readonly serverPort: number;
  readonly up: Stream;
  readonly down: Stream;
  packets: number;
  closed: boolean;
  /** Neighbours in the list of its kind, longest idle first. */
  list: FlowList | null;
  older: Flow | null;
  newer: Flow | null;
  /** Next flow with the same hash. */
  chain: Flow | null;
}

/** Flows of one kind, longest idle first. */
export interface FlowList {
  oldest: Flow | null;
  newest: Flow | null;
}

export interface Address {
  a: number;
  b: number;
  c: number;
  d: number;
}

export function createFlow(
  connection: Connection,
  hash: number,
  v6: boolean,
  clientAddress: Address,
  serverAddress: Address,
): Flow {
  return {
    connection,
    hash,
    v6,
    clientAddress,
    serverAddress,
    clientPort: connection.client.port,
    serverPort: connection.server.port,
    up: createStream(connection, "client-to-server"),
    down: createStream(connection, "server-to-client"),
    packets: 0,
    closed: false,
    list: null,
    older: null,
    newer: null,
    chain: null,
  };
}

function createStream(connection: Connection, direction: Direction): Stream {
  return {
    connection,
    direction,
    known: false,
    exact: false,
    base: 0,
    nextSequence: 0,
    next: 0,
    finAt: -1,
    finished: false,
    acknowledged: -1,
    provenPackets: 0,
    provenTime: 0,
    held: null,
  };
}
