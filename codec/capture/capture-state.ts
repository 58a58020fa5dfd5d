import type { Finding, FindingRule, Level } from "../formats/finding.ts";
import { countFinding, type FindingCounts } from "../formats/finding-counts.ts";
import type { CaptureInterface, CaptureLimits, CaptureSink, Connection } from "./events.ts";

/** Interfaces beyond this many are counted, not described in the summary. */
const INTERFACES_TOLD = 256;

/** 8 MiB is beyond the receive window that Linux allows by default, so a hole that large waits in vain. */
const LIMITS: CaptureLimits = {
  connections: 16_384,
  heldBytes: 16 << 20,
  heldBytesPerDirection: 8 << 20,
  heldSegmentsPerDirection: 8192,
  datagrams: 256,
  datagramBytes: 4 << 20,
};

/** The packet being read. What is left of it lies in `bytes[at..end)`; on the wire it went on to `wireEnd`. */
export interface Packet {
  bytes: Uint8Array;
  view: DataView;
  at: number;
  end: number;
  wireEnd: number;
  /** Nanoseconds since the first packet. */
  time: number;
  /** Offset of its record in the capture file. */
  offset: number;
}

/** State shared by the parts of one capture reader. */
export interface CaptureState {
  readonly sink: CaptureSink;
  readonly limits: CaptureLimits;
  readonly packet: Packet;
  readonly findings: FindingCounts;
  container: "pcap" | "pcapng" | null;
  readonly interfaces: CaptureInterface[];
  interfaceCount: number;
  /** Link types that nothing is known of, each told once. */
  readonly strangeLinks: Set<number>;
  packets: number;
  bytes: number;
  start: bigint | null;
  duration: number;
  connections: number;
  tcpPackets: number;
  otherPackets: number;
  cutPackets: number;
  fragments: number;
  unparsable: number;
  /** Number of the first unparsable packet, and of the first cut one. */
  firstUnparsable: number;
  firstCut: number;
}

const NOTHING = new Uint8Array(0);

export function createCaptureState(sink: CaptureSink, limits: Partial<CaptureLimits>): CaptureState {
  const view = new DataView(NOTHING.buffer);
  return {
    sink,
    limits: { ...LIMITS, ...limits },
    packet: { bytes: NOTHING, view, at: 0, end: 0, wireEnd: 0, time: 0, offset: 0 },
    findings: new Map(),
    container: null,
    interfaces: [],
    interfaceCount: 0,
    strangeLinks: new Set(),
    packets: 0,
    bytes: 0,
    start: null,
    duration: 0,
    connections: 0,
    tcpPackets: 0,
    otherPackets: 0,
    cutPackets: 0,
    fragments: 0,
    unparsable: 0,
    firstUnparsable: 0,
    firstCut: 0,
  };
}

/** Packets are called by their number from 1, as Wireshark numbers frames. */
export function packetName(number: number): string {
  return `packet ${number}`;
}

export function report(state: CaptureState, finding: Finding, connection?: Connection): void {
  if (countFinding(state.findings, finding.rule)) state.sink.finding(finding, connection);
}

/** A finding about the packet being read. */
export function find(
  state: CaptureState,
  rule: FindingRule,
  level: Level,
  args: Readonly<Record<string, string | number>> = {},
  connection?: Connection,
): void {
  const { packets, packet } = state;
  report(state, { rule, level, subject: packetName(packets), offset: packet.offset, args }, connection);
}

/** Headers of the packet being read are damaged, or the capture does not have them. */
export function unparsable(state: CaptureState): void {
  if (state.unparsable++ === 0) state.firstUnparsable = state.packets;
}

export function addInterface(state: CaptureState, linkType: number, snapLength: number): CaptureInterface {
  const added = { linkType, snapLength, packets: 0 };
  if (state.interfaceCount++ < INTERFACES_TOLD) state.interfaces.push(added);
  return added;
}
