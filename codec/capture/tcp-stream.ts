import { find } from "./capture-state.ts";
import type { GapReason } from "./events.ts";
import type { Flow, Stream } from "./tcp-flow.ts";
import { moveTo } from "./tcp-flow-table.ts";
import { createHeld, hold, release } from "./tcp-held.ts";
import { contradicts, remember } from "./tcp-history.ts";
import type { TcpState } from "./tcp-state.ts";

/** No window is larger: what seems to be older than this is new, behind more than 2 GiB that were lost. */
const LARGEST_WINDOW = 2 ** 30;

/** An acknowledged hole may still be filled by packets that the capture has in the wrong order: so many, or so late. */
const PATIENCE_PACKETS = 64;
const PATIENCE_TIME = 2e9;

/** How far `sequence` lies ahead of the next byte expected; negative for bytes that came before. */
function distance(stream: Stream, sequence: number): number {
  const ahead = (sequence - stream.nextSequence) | 0;
  return ahead < -LARGEST_WINDOW ? ahead + 2 ** 32 : ahead;
}

/** Says which sequence number the first byte has. */
export function begin(stream: Stream, sequence: number, exact: boolean): void {
  stream.known = true;
  stream.exact = exact;
  stream.base = sequence | 0;
  stream.nextSequence = sequence | 0;
}

/** Takes in a segment of `length` bytes, of which `bytes[from..to)` were captured. */
export function receive(
  tcp: TcpState,
  flow: Flow,
  stream: Stream,
  sequence: number,
  length: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  fin: boolean,
): void {
  const ahead = distance(stream, sequence);
  const offset = stream.next + ahead;
  if (fin && stream.finAt < 0 && ahead + length >= 0) stream.finAt = offset + length;
  if (length > 0) {
    if (flow.list !== tcp.table.busy && !flow.closed) moveTo(tcp.table.busy, flow);
    const data = bytes.subarray(from, to);
    if (ahead === 0 && stream.held === null && stream.finAt < 0) deliver(tcp, stream, length, data);
    else receiveOutOfOrder(tcp, flow, stream, offset, length, data);
  }
  checkFin(tcp, stream);
}

function receiveOutOfOrder(
  tcp: TcpState,
  flow: Flow,
  stream: Stream,
  offset: number,
  length: number,
  data: Uint8Array,
): void {
  const old = stream.next - offset;
  const limit = stream.finAt < 0 ? Number.POSITIVE_INFINITY : stream.finAt;
  const end = Math.min(offset + length, limit);
  // A keepalive probe repeats one byte and need not know which.
  const isProbe = old === 1 && length === 1;
  if (old > 0 && !isProbe && contradicts(tcp.history, stream, offset, data.subarray(0, old)))
    disagree(tcp, stream, offset);
  const start = Math.max(offset, stream.next);
  if (end <= start) return;
  stream.held ??= createHeld();
  const before = stream.held.cost;
  if (hold(stream.held, start, end - start, data.subarray(start - offset, end - offset)))
    disagree(tcp, stream, offset);
  tcp.heldCost += stream.held.cost - before;
  drain(tcp, stream);
  if (stream.held && !tcp.waiting.has(stream)) tcp.waiting.set(stream, flow);
  keepWithinBounds(tcp, stream);
}

function disagree(tcp: TcpState, stream: Stream, offset: number): void {
  const { client, server } = stream.connection;
  const [from, to] = stream.direction === "client-to-server" ? [client, server] : [server, client];
  const args = { from: `${from.address} port ${from.port}`, to: `${to.address} port ${to.port}`, offset };
  find(tcp.capture, "TCP_OVERLAP_AGREES", "warning", args, stream.connection);
}

function deliver(tcp: TcpState, stream: Stream, length: number, data: Uint8Array): void {
  const { sink, packet } = tcp.capture;
  if (data.length > 0) {
    remember(tcp.history, stream, stream.next, data);
    sink.bytes(stream.connection, stream.direction, data, packet.time);
  }
  advance(stream, length);
  const missing = length - data.length;
  if (missing > 0) sink.gap(stream.connection, stream.direction, missing, packet.time, "snaplen");
}

function advance(stream: Stream, length: number): void {
  stream.next += length;
  stream.nextSequence = (stream.nextSequence + length) | 0;
  if (stream.acknowledged >= 0) stream.acknowledged = -1;
}

/** Delivers what was held back and now is next. */
function drain(tcp: TcpState, stream: Stream): void {
  const { held } = stream;
  if (!held) return;
  const before = held.cost;
  release(held, stream.next, ({ offset, length, data }) => {
    const old = stream.next - offset;
    if (old < length) deliver(tcp, stream, length - old, data.subarray(old));
    return stream.next;
  });
  tcp.heldCost += held.cost - before;
  if (held.segments.length > 0) return;
  stream.held = null;
  if (stream.acknowledged < 0) tcp.waiting.delete(stream);
}

function keepWithinBounds(tcp: TcpState, stream: Stream): void {
  const { heldBytes, heldBytesPerDirection, heldSegmentsPerDirection } = tcp.capture.limits;
  while (
    stream.held &&
    (stream.held.cost > heldBytesPerDirection || stream.held.segments.length > heldSegmentsPerDirection)
  )
    giveUpHole(tcp, stream, Number.POSITIVE_INFINITY, "bounds");
  while (tcp.heldCost > heldBytes) {
    const found = longestHolding(tcp);
    if (!found) break;
    giveUpHole(tcp, found, Number.POSITIVE_INFINITY, "bounds");
    checkFin(tcp, found);
  }
}

/** The direction that has held parts back for longest. Others that wait are put behind, so that this stays cheap. */
function longestHolding({ waiting }: TcpState): Stream | undefined {
  let left = waiting.size;
  for (const [stream, flow] of waiting) {
    if (stream.held) return stream;
    if (left-- === 0) break;
    waiting.delete(stream);
    waiting.set(stream, flow);
  }
  return undefined;
}

/** Declares the bytes up to `limit`, or to the next part that is held, lost. */
function giveUpHole(tcp: TcpState, stream: Stream, limit: number, why: GapReason): void {
  const { sink, packet } = tcp.capture;
  const to = Math.min(stream.held?.segments[0]?.offset ?? limit, limit);
  const length = to - stream.next;
  if (length > 0 && Number.isFinite(length)) {
    sink.gap(stream.connection, stream.direction, length, packet.time, why);
    advance(stream, length);
  }
  drain(tcp, stream);
}

/** The receiver acknowledged `sequence`: bytes before it exist, whether the capture has them or not. */
export function acknowledge(tcp: TcpState, flow: Flow, stream: Stream, sequence: number): void {
  const ahead = (sequence - stream.nextSequence) | 0;
  if (ahead <= 0 || ahead > LARGEST_WINDOW || stream.finished) return;
  let offset = stream.next + ahead;
  if (stream.finAt >= 0 && offset > stream.finAt) offset = stream.finAt;
  if (offset <= stream.next) return;
  if (stream.acknowledged < 0) {
    stream.provenPackets = flow.packets;
    stream.provenTime = tcp.capture.packet.time;
    if (!tcp.waiting.has(stream)) tcp.waiting.set(stream, flow);
  }
  if (offset > stream.acknowledged) stream.acknowledged = offset;
  giveUpIfProven(tcp, flow, stream);
}

/**
 * Declares lost what was acknowledged long enough ago. One byte beyond the last one seen is not: it is a FIN that was not
 * captured.
 */
export function giveUpIfProven(tcp: TcpState, flow: Flow, stream: Stream): void {
  const limit = stream.acknowledged;
  if (limit < 0 || (limit === stream.next + 1 && !stream.held)) return;
  const waited = tcp.capture.packet.time - stream.provenTime;
  if (flow.packets - stream.provenPackets <= PATIENCE_PACKETS && waited <= PATIENCE_TIME) return;
  while (stream.next < limit) giveUpHole(tcp, stream, limit, "not-captured");
  stream.acknowledged = -1;
  if (!stream.held) tcp.waiting.delete(stream);
  checkFin(tcp, stream);
}

/** Tells all that is held, and the holes before and behind it: nothing more will come. */
export function flush(tcp: TcpState, stream: Stream): void {
  const { acknowledged } = stream;
  while (stream.held) giveUpHole(tcp, stream, Number.POSITIVE_INFINITY, "not-captured");
  const { next, finAt } = stream;
  const end = finAt >= 0 ? finAt : acknowledged > next + 1 ? acknowledged : next;
  if (end > next) giveUpHole(tcp, stream, end, "not-captured");
  stream.acknowledged = -1;
  tcp.waiting.delete(stream);
  checkFin(tcp, stream);
}

function checkFin(tcp: TcpState, stream: Stream): void {
  if (stream.finished || stream.finAt < 0 || stream.next < stream.finAt) return;
  stream.finished = true;
  const { sink, packet } = tcp.capture;
  sink.fin?.(stream.connection, stream.direction, packet.time);
}
