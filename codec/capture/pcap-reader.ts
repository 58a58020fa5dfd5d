import { type Endian, read, type Steps } from "../layout/index.ts";
import { type CaptureFile, resynchronise, standStill, traceRaw, unsound } from "./capture-file.ts";
import { type Clock, createClock, takePacket, timeOf } from "./capture-packet.ts";
import { addInterface } from "./capture-state.ts";
import type { CaptureInterface } from "./events.ts";
import {
  LONGEST_PACKET,
  MODIFIED,
  MODIFIED_RECORD_HEADER,
  NANOSECONDS,
  PcapFileHeader,
  PcapModifiedPart,
  PcapRecordHeader,
  RECORD_HEADER,
} from "./pcap.ts";

/** A packet further than this from the one before it is no place to go on after damage. */
const LONGEST_PAUSE = 7 * 86_400;

/** Records that must follow one another where reading goes on. */
const PLAUSIBLE_RECORDS = 3;

interface PcapFile extends CaptureFile {
  readonly little: boolean;
  readonly headerLength: number;
  readonly perSecond: number;
  readonly clock: Clock;
  readonly from: CaptureInterface;
  /** Of the latest packet. */
  seconds: number;
}

/** Reads a pcap file to its end. */
export function* readPcap(file: CaptureFile, endian: Endian): Steps {
  const { cursor, network } = file;
  const { magic, linkType, snapLength } = yield* cursor.struct(PcapFileHeader, { endian });
  network.capture.container = "pcap";
  const perSecond = magic === NANOSECONDS ? 1e9 : 1e6;
  const pcap: PcapFile = {
    ...file,
    little: endian === "le",
    headerLength: magic === MODIFIED ? MODIFIED_RECORD_HEADER : RECORD_HEADER,
    perSecond,
    clock: createClock(BigInt(perSecond)),
    from: addInterface(network.capture, linkType & 0xffff, snapLength),
    seconds: -1,
  };
  const { headerLength } = pcap;
  const plausible = (view: DataView, at: number, end: number) => isPlausible(pcap, view, at, end);
  for (;;) {
    if (!cursor.trace) scan(pcap);
    if ((yield* cursor.upTo(headerLength)) < headerLength) {
      if (!(yield* standStill(file, headerLength, plausible))) return;
      continue;
    }
    const captured = cursor.view.getUint32(cursor.at + 8, pcap.little);
    if (captured > LONGEST_PACKET) {
      unsound(file, `a packet of at most ${LONGEST_PACKET} bytes`, `${captured} bytes`);
      if (!(yield* resynchronise(file, plausible))) return;
      continue;
    }
    const length = headerLength + captured;
    if ((yield* cursor.upTo(length)) < length) {
      if (!(yield* standStill(file, length, plausible))) return;
      continue;
    }
    if (cursor.trace) traceRecord(pcap, captured);
    scan(pcap, 1);
  }
}

/** Takes in the records that are whole at hand, up to `count` of them. Agrees with the tables of `pcap.ts`. */
function scan(pcap: PcapFile, count = Number.POSITIVE_INFINITY): void {
  const { cursor, network, little, headerLength, clock, from, perSecond } = pcap;
  const { bytes, view, end } = cursor;
  const base = cursor.offset - cursor.at;
  for (let taken = 0; taken < count; taken++) {
    const { at } = cursor;
    if (end - at < headerLength) return;
    const captured = view.getUint32(at + 8, little);
    const start = at + headerLength;
    if (captured > LONGEST_PACKET || end - start < captured) return;
    pcap.seconds = view.getUint32(at, little);
    const time = timeOf(network.capture, clock, pcap.seconds, view.getUint32(at + 4, little), perSecond);
    const original = view.getUint32(at + 12, little);
    cursor.at = start + captured;
    takePacket(network, from, bytes, view, start, captured, original, time, base + at);
  }
}

function traceRecord({ cursor, network, little, headerLength }: PcapFile, captured: number): void {
  const within = `packets[${network.capture.packets}]`;
  const start = cursor.offset;
  const options = {
    endian: little ? ("le" as const) : ("be" as const),
    within,
    trace: (span: Parameters<NonNullable<typeof cursor.trace>>[0]) => cursor.trace?.(span),
  };
  const rest = cursor.bytes.subarray(cursor.at, cursor.end);
  read(PcapRecordHeader, rest, { ...options, base: start });
  if (headerLength > RECORD_HEADER)
    read(PcapModifiedPart, rest, { ...options, base: start, at: RECORD_HEADER });
  traceRaw({ cursor, network }, `${within}.data`, start + headerLength, start + headerLength + captured);
}

/** Whether several records follow one another here, or as many as there are to the end. */
function isPlausible(pcap: PcapFile, view: DataView, at: number, end: number): boolean {
  const { little, headerLength, perSecond } = pcap;
  let next = at;
  for (let count = 0; count < PLAUSIBLE_RECORDS; count++) {
    if (next === end && count > 0) return true;
    if (end - next < headerLength) return count > 1;
    const seconds = view.getUint32(next, little);
    const captured = view.getUint32(next + 8, little);
    const original = view.getUint32(next + 12, little);
    if (view.getUint32(next + 4, little) >= perSecond) return false;
    if (captured === 0 || captured > LONGEST_PACKET || original < captured) return false;
    if (pcap.seconds >= 0 && Math.abs(seconds - pcap.seconds) > LONGEST_PAUSE) return false;
    next += headerLength + captured;
    if (next > end) return count > 0;
  }
  return true;
}
