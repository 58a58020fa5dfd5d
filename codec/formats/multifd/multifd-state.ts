import { DecodeError, type Field, type Steps, StreamCursor } from "../../layout/index.ts";
import { type Finding, type FindingRule, findingOf, type Level } from "../finding.ts";
import { countFinding, type FindingCounts } from "../finding-counts.ts";
import { type BlockBounds, createBlockBounds } from "./multifd-bounds.ts";
import type { MultifdCompression, MultifdOptions, MultifdSink } from "./multifd-events.ts";
import type { PacketInflater } from "./packet-inflater.ts";

/** State shared by the parts of one multifd reader. */
export interface Multifd {
  readonly cursor: StreamCursor;
  readonly sink: MultifdSink;
  readonly options: MultifdOptions;
  readonly findings: FindingCounts;
  readonly bounds: BlockBounds;
  /** The layout of 3.0 and 3.1. */
  old: boolean;
  /** Events told of packets, and the number of the packet being read. */
  packets: number;
  index: number;
  syncs: number;
  /** Target page size, and whether it is more than a guess. */
  pageSize: number;
  settled: boolean;
  /** Method of the first packet with content, and the state of its stream. */
  compression: MultifdCompression | undefined;
  inflater: PacketInflater | undefined;
  /** Why payloads cannot be inflated any more. */
  uninflatable: string | undefined;
  /** Offsets of the packet at hand, for those who want pages. */
  offsets: Float64Array | undefined;
}

export function createMultifd(sink: MultifdSink, options: MultifdOptions): Multifd {
  const cursor = new StreamCursor(options.offset ?? 0);
  if (sink.span) cursor.trace = (span) => sink.span?.(span);
  return {
    cursor,
    sink,
    options,
    findings: new Map(),
    bounds: createBlockBounds(),
    old: false,
    packets: 0,
    index: 0,
    syncs: 0,
    pageSize: 0,
    settled: false,
    compression: undefined,
    inflater: undefined,
    uninflatable: undefined,
    offsets: undefined,
  };
}

export function pathOf(multifd: Multifd): string {
  return `packets[${multifd.index}]`;
}

export function report(multifd: Multifd, finding: Finding): void {
  if (countFinding(multifd.findings, finding.rule)) multifd.sink.event({ kind: "finding", finding });
}

export function find(
  multifd: Multifd,
  rule: FindingRule,
  level: Level,
  offset: number,
  args: Finding["args"] = {},
): void {
  report(multifd, { rule, level, subject: pathOf(multifd), offset, args });
}

/** Tells of something that need not be repeated for each packet. */
export function findOnce(
  multifd: Multifd,
  rule: FindingRule,
  level: Level,
  offset: number,
  args: Finding["args"] = {},
): void {
  if (!multifd.findings.has(rule)) find(multifd, rule, level, offset, args);
}

/** Bytes that are there but not what the format says. */
export function reportDamage(multifd: Multifd, error: DecodeError): void {
  report(multifd, { ...findingOf(error), rule: "STREAM_WELL_FORMED" });
}

/** The state of a compressed stream is lost for good where a byte of it is. */
export function dropInflater(multifd: Multifd, why: string): void {
  multifd.inflater = undefined;
  multifd.uninflatable ??= why;
}

export function wrong(
  multifd: Multifd,
  name: string,
  offset: number,
  expected: string,
  found: string | number,
): DecodeError {
  const path = `${pathOf(multifd)}.${name}`;
  return new DecodeError({ code: "value-unknown", path, offset, expected, found: String(found) });
}

/** Consumes bytes that no table describes, as one span; bytes that are missing count too. */
export function* skipRaw(multifd: Multifd, length: number, name: string): Steps {
  const { cursor } = multifd;
  const start = cursor.offset;
  const path = `${pathOf(multifd)}.${name}`;
  yield* cursor.skip(length, path);
  if (length > 0) cursor.trace?.({ path, start, end: start + length, value: length, field: RAW });
}

const RAW: Field = { kind: "bytes", length: 0, doc: "Bytes that no table describes." };
