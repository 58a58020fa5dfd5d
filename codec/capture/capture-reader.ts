import { type ChannelReader, drive } from "../formats/channel-reader.ts";
import { untoldFindings } from "../formats/finding-counts.ts";
import { type Endian, hexText, type Steps, StreamCursor } from "../layout/index.ts";
import { type CaptureFile, unsound } from "./capture-file.ts";
import { type CaptureState, createCaptureState, packetName, report } from "./capture-state.ts";
import type { CaptureLimits, CaptureSink, CaptureSummary } from "./events.ts";
import { createFragments, finishFragments } from "./fragments.ts";
import type { Network } from "./ip.ts";
import { MICROSECONDS, MODIFIED, NANOSECONDS } from "./pcap.ts";
import { readPcap } from "./pcap-reader.ts";
import { SECTION_HEADER } from "./pcapng.ts";
import { readPcapng } from "./pcapng-reader.ts";
import { finishTcp } from "./tcp.ts";
import { createTcpState } from "./tcp-state.ts";

/** Reads a pcap or pcapng file, in any chunking. */
export interface CaptureReader extends ChannelReader {
  /** What was read so far. */
  summary(): CaptureSummary;
}

/** A reader that turns a capture file into connections and the bytes each direction carried, in order. */
export function createCaptureReader(sink: CaptureSink, limits: Partial<CaptureLimits> = {}): CaptureReader {
  const capture = createCaptureState(sink, limits);
  const network = { capture, tcp: createTcpState(capture), fragments: createFragments() };
  const cursor = new StreamCursor();
  if (sink.span) cursor.trace = (span) => sink.span?.(span);
  const reader = drive(cursor, readFile({ cursor, network }));
  return {
    push: (chunk) => reader.push(chunk),
    lose: (count) => reader.lose(count),
    finish: () => reader.finish(),
    get skippable() {
      return reader.skippable;
    },
    skip: (count) => reader.skip(count),
    summary: () => summaryOf(capture),
  };
}

function* readFile(file: CaptureFile): Steps {
  const { cursor } = file;
  const have = yield* cursor.upTo(4);
  const magic = have < 4 ? 0 : cursor.view.getUint32(cursor.at);
  const endian = have < 4 ? undefined : endianOf(magic, cursor.view.getUint32(cursor.at, true));
  if (magic === SECTION_HEADER) yield* readPcapng(file);
  else if (endian !== undefined && (yield* cursor.upTo(24)) === 24) yield* readPcap(file, endian);
  else {
    const begins = hexText(cursor.bytes.subarray(cursor.at, cursor.at + Math.min(have, 4)));
    const found = endian === undefined ? begins || "nothing" : "only a part of it";
    unsound(file, "the header of a pcap or pcapng file", found);
  }
  finish(file.network);
}

function endianOf(big: number, little: number): Endian | undefined {
  const isMagic = (magic: number) => magic === MICROSECONDS || magic === NANOSECONDS || magic === MODIFIED;
  if (isMagic(big)) return "be";
  return isMagic(little) ? "le" : undefined;
}

/** Ends all connections, and tells what was counted. */
function finish({ capture, tcp, fragments }: Network): void {
  finishTcp(tcp);
  finishFragments(fragments);
  const { cutPackets, firstCut, unparsable, firstUnparsable, packets } = capture;
  count(capture, "CAPTURE_PACKETS_WHOLE", firstCut, { count: cutPackets, packets });
  count(capture, "CAPTURE_PACKETS_READ", firstUnparsable, { count: unparsable, packets });
  count(capture, "IP_FRAGMENTS_COMPLETE", fragments.firstLost, { count: fragments.lost });
}

function count(
  capture: CaptureState,
  rule: "CAPTURE_PACKETS_WHOLE" | "CAPTURE_PACKETS_READ" | "IP_FRAGMENTS_COMPLETE",
  first: number,
  args: Readonly<Record<string, number>>,
): void {
  if (first > 0) report(capture, { rule, level: "warning", subject: packetName(first), args });
}

function summaryOf(capture: CaptureState): CaptureSummary {
  return {
    container: capture.container,
    packets: capture.packets,
    bytes: capture.bytes,
    start: capture.start,
    duration: capture.duration,
    interfaces: capture.interfaces.map((one) => ({ ...one })),
    interfaceCount: capture.interfaceCount,
    connections: capture.connections,
    tcpPackets: capture.tcpPackets,
    otherPackets: capture.otherPackets,
    cutPackets: capture.cutPackets,
    fragments: capture.fragments,
    unparsablePackets: capture.unparsable,
    untoldFindings: untoldFindings(capture.findings),
  };
}
