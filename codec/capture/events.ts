import type { Finding } from "../formats/finding.ts";
import type { Span } from "../layout/index.ts";

/** One end of a connection: `127.0.0.1` or `::1`, and a port. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** One TCP connection. Times are nanoseconds since the first packet of the capture. */
export interface Connection {
  /** In order of the first packet. */
  readonly id: number;
  /** Who sent the SYN; without one, who sent the first packet seen. */
  readonly client: Endpoint;
  readonly server: Endpoint;
  /** Neither SYN was seen: the streams begin somewhere in the middle. */
  readonly midstream: boolean;
  /** The SYN, or the first packet seen. */
  opened: number;
  /** The client's ACK that completes the handshake: servers accept in this order. */
  established: number | null;
}

export type Direction = "client-to-server" | "server-to-client";

/** Why bytes are missing: never seen in a packet, cut off its end by the snap length, or not waited for any longer. */
export type GapReason = "not-captured" | "snaplen" | "bounds";

/** How a connection ended; `open` is still open where the capture ends. */
export type ConnectionEnd = "fin" | "rst" | "open" | "replaced" | "evicted";

/** What a capture holds, connection by connection. */
export interface CaptureSink {
  /** Comes before anything else of a connection. */
  connection(connection: Connection): void;
  established?(connection: Connection, time: number): void;
  /** The next bytes of one direction: a view, valid during the call. `time` is that of the packet that made them complete. */
  bytes(connection: Connection, direction: Direction, data: Uint8Array, time: number): void;
  /** The next `length` bytes of one direction are not in the capture. */
  gap(connection: Connection, direction: Direction, length: number, time: number, why: GapReason): void;
  /** One direction is closed; all its bytes have been told. */
  fin?(connection: Connection, direction: Direction, time: number): void;
  /** Once for each connection. `by` is the direction a reset travelled. */
  end(connection: Connection, time: number, how: ConnectionEnd, by?: Direction): void;
  finding(finding: Finding, connection?: Connection): void;
  /** The headers of the capture file itself; the reader is slower when this is there. */
  span?(span: Span): void;
}

/** How much a capture reader keeps. */
export interface CaptureLimits {
  /** Connections known at once. */
  readonly connections: number;
  /** Bytes that wait behind holes, in all connections. */
  readonly heldBytes: number;
  readonly heldBytesPerDirection: number;
  readonly heldSegmentsPerDirection: number;
  /** IP datagrams of which only some fragments were seen. */
  readonly datagrams: number;
  readonly datagramBytes: number;
}

/** One interface of the capture. */
export interface CaptureInterface {
  readonly linkType: number;
  /** Most bytes kept of a packet; 0 is all. */
  readonly snapLength: number;
  packets: number;
}

/** Counts over a whole capture. */
export interface CaptureSummary {
  readonly container: "pcap" | "pcapng" | null;
  readonly packets: number;
  /** Bytes of packets as captured. */
  readonly bytes: number;
  /** Time of the first packet in nanoseconds since 1970. */
  readonly start: bigint | null;
  /** Nanoseconds from the first to the latest packet. */
  readonly duration: number;
  /** The first few; `interfaceCount` counts them all. */
  readonly interfaces: readonly CaptureInterface[];
  readonly interfaceCount: number;
  readonly connections: number;
  readonly tcpPackets: number;
  /** Packets that are not TCP over IP. */
  readonly otherPackets: number;
  /** Packets shorter in the capture than they were on the wire. */
  readonly cutPackets: number;
  /** IP fragments. */
  readonly fragments: number;
  /** Packets whose headers are damaged, or cut off. */
  readonly unparsablePackets: number;
  /** How often each rule fired beyond what was told. */
  readonly untoldFindings: Readonly<Record<string, number>>;
}
