import { find, unparsable } from "./capture-state.ts";
import type { Connection, ConnectionEnd } from "./events.ts";
import { addressText } from "./ip-address.ts";
import { ACK, FIN, RST, SYN } from "./protocol-headers.ts";
import { createFlow, type Flow, type Stream } from "./tcp-flow.ts";
import { addFlow, hashOf, isBetween, isForward, moveTo, removeFlow, victimFor } from "./tcp-flow-table.ts";
import type { TcpState } from "./tcp-state.ts";
import { acknowledge, begin, flush, giveUpIfProven, receive } from "./tcp-stream.ts";

/** Header bytes that are needed: up to the flags. */
const NEEDED = 14;

/** No packet is larger, not even one that the network card was to cut up. */
const LONGEST_SEGMENT = 1 << 20;

/** Every so many packets, holes are looked at in flows that no packet comes to. */
const SWEEP_PACKETS = 1024;
const SWEPT_AT_ONCE = 64;

/** Takes in the TCP segment that the packet is at. `tcp.source` and `tcp.destination` tell its addresses. */
export function readTcp(tcp: TcpState, v6: boolean): void {
  const { capture } = tcp;
  const { packet } = capture;
  const { view, at, end, wireEnd } = packet;
  if (end - at < NEEDED) {
    unparsable(capture);
    return;
  }
  const headerLength = (view.getUint8(at + 12) >>> 4) * 4;
  const payload = at + headerLength;
  const length = wireEnd - payload;
  if (headerLength < 20 || length < 0 || length > LONGEST_SEGMENT) {
    unparsable(capture);
    return;
  }
  capture.tcpPackets++;
  const sourcePort = view.getUint16(at);
  const destinationPort = view.getUint16(at + 2);
  const sequence = view.getInt32(at + 4);
  const flags = view.getUint8(at + 13);
  let flow = findFlow(tcp, v6, sourcePort, destinationPort);
  if (flow && (flags & SYN) !== 0 && isAnother(tcp, flow, sourcePort, sequence, flags)) {
    closeFlow(tcp, flow, "replaced");
    removeFlow(tcp.table, flow);
    flow = null;
  }
  if (!flow) {
    // Nothing will come of it; the one it answers to is not in the capture.
    if ((flags & RST) !== 0) return;
    flow = openFlow(tcp, v6, sourcePort, destinationPort, flags);
  } else if (flow.closed) return;
  flow.packets++;
  if (capture.tcpPackets % SWEEP_PACKETS === 0) sweep(tcp);
  const isUp = isForward(flow, tcp.source, sourcePort);
  const stream = isUp ? flow.up : flow.down;
  const reverse = isUp ? flow.down : flow.up;
  const acknowledgement = view.getInt32(at + 8);
  if ((flags & SYN) !== 0) greet(stream, reverse, sequence, acknowledgement, flags);
  if (length > 0 || (flags & FIN) !== 0) {
    const first = (flags & SYN) !== 0 ? (sequence + 1) | 0 : sequence;
    if (!stream.known) begin(stream, first, false);
    const to = Math.max(payload, Math.min(end, payload + length));
    receive(tcp, flow, stream, first, length, packet.bytes, Math.min(payload, to), to, (flags & FIN) !== 0);
  }
  if ((flags & ACK) !== 0) {
    if (isUp && flow.connection.established === null && (flags & (SYN | RST)) === 0)
      establish(tcp, flow, sequence, acknowledgement);
    if (reverse.known) acknowledge(tcp, flow, reverse, acknowledgement);
  }
  if ((flags & RST) !== 0) closeFlow(tcp, flow, "rst", stream);
  else if (stream.finished && reverse.finished) closeFlow(tcp, flow, "fin");
}

function findFlow(tcp: TcpState, v6: boolean, sourcePort: number, destinationPort: number): Flow | null {
  const { last, table, source, destination } = tcp;
  if (last && isBetween(last, v6, source, destination, sourcePort, destinationPort)) return last;
  let flow = table.chains.get(hashOf(source, destination, sourcePort, destinationPort)) ?? null;
  while (flow && !isBetween(flow, v6, source, destination, sourcePort, destinationPort)) flow = flow.chain;
  if (flow?.list) moveTo(flow.list, flow);
  tcp.last = flow;
  return flow;
}

/** Whether a SYN begins another connection between the same ports. */
function isAnother(tcp: TcpState, flow: Flow, sourcePort: number, sequence: number, flags: number): boolean {
  const stream = isForward(flow, tcp.source, sourcePort) ? flow.up : flow.down;
  if (!stream.known) return (flags & ACK) === 0 && (flow.closed || flow.connection.midstream);
  return stream.base !== ((sequence + 1) | 0);
}

function openFlow(
  tcp: TcpState,
  v6: boolean,
  sourcePort: number,
  destinationPort: number,
  flags: number,
): Flow {
  const { capture, table } = tcp;
  const source = { ...tcp.source };
  const destination = { ...tcp.destination };
  const hash = hashOf(source, destination, sourcePort, destinationPort);
  const victim = victimFor(table, hash, capture.limits.connections);
  if (victim) evict(tcp, victim);
  const from = { address: addressText(v6, source), port: sourcePort };
  const to = { address: addressText(v6, destination), port: destinationPort };
  const isAnswer = (flags & SYN) !== 0 && (flags & ACK) !== 0;
  const connection: Connection = {
    id: capture.connections++,
    client: isAnswer ? to : from,
    server: isAnswer ? from : to,
    midstream: (flags & SYN) === 0,
    opened: capture.packet.time,
    established: null,
  };
  const [client, server] = isAnswer ? [destination, source] : [source, destination];
  const flow = createFlow(connection, hash, v6, client, server);
  addFlow(table, flow);
  tcp.last = flow;
  capture.sink.connection(connection);
  return flow;
}

function evict(tcp: TcpState, flow: Flow): void {
  if (!flow.closed) {
    closeFlow(tcp, flow, "evicted");
    if (tcp.evicted++ === 0)
      find(tcp.capture, "CAPTURE_CONNECTIONS_KEPT", "warning", { limit: tcp.capture.limits.connections });
  }
  removeFlow(tcp.table, flow);
}

/** A SYN says where its direction begins, and its acknowledgement where the other one does. */
function greet(
  stream: Stream,
  reverse: Stream,
  sequence: number,
  acknowledgement: number,
  flags: number,
): void {
  if (!stream.known) begin(stream, sequence + 1, true);
  if ((flags & ACK) !== 0 && !reverse.known) begin(reverse, acknowledgement, true);
}

/** The first packet of the client behind its SYN completes the handshake, and tells where the server begins. */
function establish(tcp: TcpState, flow: Flow, sequence: number, acknowledgement: number): void {
  const { connection, up, down } = flow;
  if (connection.midstream || !up.exact) return;
  if (!down.known && sequence === up.base) begin(down, acknowledgement, true);
  const { sink, packet } = tcp.capture;
  connection.established = packet.time;
  sink.established?.(connection, packet.time);
}

function closeFlow(tcp: TcpState, flow: Flow, how: ConnectionEnd, by?: Stream): void {
  if (flow.closed) return;
  flush(tcp, flow.up);
  flush(tcp, flow.down);
  flow.closed = true;
  moveTo(tcp.table.closed, flow);
  const { sink, packet } = tcp.capture;
  const isDone = flow.up.finished && flow.down.finished && how !== "rst";
  sink.end(flow.connection, packet.time, isDone ? "fin" : how, by?.direction);
}

/** Looks at some holes, in turn: their flows may be idle. */
function sweep(tcp: TcpState): void {
  const some: [Stream, Flow][] = [];
  for (const entry of tcp.waiting) if (some.push(entry) >= SWEPT_AT_ONCE) break;
  for (const [stream, flow] of some) {
    tcp.waiting.delete(stream);
    tcp.waiting.set(stream, flow);
    giveUpIfProven(tcp, flow, stream);
    if (!stream.held && stream.acknowledged < 0) tcp.waiting.delete(stream);
    if (flow.up.finished && flow.down.finished) closeFlow(tcp, flow, "fin");
  }
}

/** The capture ends here: so do all connections. */
export function finishTcp(tcp: TcpState): void {
  const open: Flow[] = [];
  for (const list of [tcp.table.empty, tcp.table.busy])
    for (let flow = list.oldest; flow; flow = flow.newer) open.push(flow);
  open.sort((one, other) => one.connection.id - other.connection.id);
  for (const flow of open) closeFlow(tcp, flow, "open");
}
