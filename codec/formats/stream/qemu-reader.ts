import { DecodeError, type Field, type Steps, StreamCursor } from "../../layout/index.ts";
import { type BitmapsState, createBitmapsState } from "../dirty-bitmap/dirty-bitmap-state.ts";
import { type Finding, type FindingRule, findingOf, type Level } from "../finding.ts";
import { countFinding, type FindingCounts } from "../finding-counts.ts";
import type { SectionKind, StreamSink, Understanding } from "./qemu-events.ts";
import { createRamState, type RamState } from "./qemu-ram-state.ts";
import type { DeviceRoll } from "./qemu-roll.ts";

/** A section being read: what its header said. */
export interface OpenSection {
  readonly kind: SectionKind;
  readonly id: number;
  readonly idstr: string;
  readonly instance: number;
  readonly version: number;
  readonly offset: number;
  readonly payloadOffset: number;
}

/** A device whose state is kept until the vmdescription at the end of the stream explains it. */
export interface HeldDevice {
  readonly idstr: string;
  readonly instance: number;
  readonly version: number;
  readonly offset: number;
  readonly length: number;
  /** Of its section. */
  readonly path: string;
  readonly state: Uint8Array | null;
}

/** Inflates the zlib stream of a COMPRESS_PAGE record. Returns undefined unless it holds exactly one page. */
export type InflatePage = (compressed: Uint8Array, pageSize: number) => Uint8Array | undefined;

/** State shared by the parts of one stream reader. */
export interface Reader {
  readonly cursor: StreamCursor;
  readonly sink: StreamSink;
  readonly inflatePage: InflatePage | undefined;
  readonly ram: RamState;
  readonly bitmaps: BitmapsState;
  /** What START and FULL headers taught, by section id. */
  readonly known: Map<number, OpenSection>;
  readonly held: HeldDevice[];
  readonly roll: DeviceRoll;
  readonly findings: FindingCounts;
  /** Bytes of device states kept, perhaps with those of other readers. */
  readonly heldStates: HeldStates;
  /** Descriptions that no kept device answers to. */
  strangers: number;
  /** Bytes covered while looking for a place to go on after damage. */
  walked: number;
  sectionCount: number;
  commandCount: number;
  open: OpenSection | undefined;
  /** The START section of RAM. */
  ramSection: OpenSection | undefined;
  /** Whether sections have footers; unknown until the first RAM section ends. */
  footers: boolean | undefined;
  /** From the configuration section; undefined when there is none. */
  capabilities: readonly string[] | undefined;
  postcopyAdvised: boolean;
  /** How commands are numbered; in 3.0, and only there, two of them differ. */
  numbering: "3.0" | undefined;
  /** Bytes that were missing where something had to be read. */
  missed: number;
  /** The channel holds RAM records and nothing else: it may end behind any of them. */
  bare: boolean;
  /** The stream was read to its end; what still comes stands behind it. */
  complete: boolean;
  /** The beginning of the stream was not seen: sections and blocks may exist that nothing has announced. */
  unseen: boolean;
}

/** Bytes of device states that wait for their description; readers of one session share it. */
export interface HeldStates {
  bytes: number;
}

export function createReader(
  sink: StreamSink,
  offset: number,
  inflatePage?: InflatePage,
  heldStates: HeldStates = { bytes: 0 },
): Reader {
  const cursor = new StreamCursor(offset);
  if (sink.span) cursor.trace = (span) => sink.span?.(span);
  return {
    cursor,
    sink,
    inflatePage,
    ram: createRamState(),
    bitmaps: createBitmapsState(),
    known: new Map(),
    held: [],
    roll: { undescribed: [], absent: [] },
    findings: new Map(),
    heldStates,
    strangers: 0,
    walked: 0,
    sectionCount: 0,
    commandCount: 0,
    open: undefined,
    ramSection: undefined,
    footers: undefined,
    capabilities: undefined,
    postcopyAdvised: false,
    numbering: undefined,
    missed: 0,
    bare: false,
    complete: false,
    unseen: false,
  };
}

export function pathOf(reader: Reader): string {
  return `sections[${reader.sectionCount}]`;
}

export function report(reader: Reader, finding: Finding): void {
  if (countFinding(reader.findings, finding.rule)) reader.sink.event({ kind: "finding", finding });
}

/** Bytes that are there but not what the format says. Of those that are missing, whoever knows that they are has told. */
export function reportDamage(reader: Reader, error: DecodeError): void {
  const lost = error.code === "lost" || (error.code === "truncated" && reader.cursor.lost > 0);
  if (!lost) report(reader, { ...findingOf(error), rule: "STREAM_WELL_FORMED" });
}

/** Whether a DecodeError means that the input ended, and not that a length inside it lies. */
export function isTruncation(reader: Reader, error: DecodeError): boolean {
  const { cursor } = reader;
  if (error.code !== "truncated" || !cursor.ended) return false;
  return error.offset + (error.have ?? 0) >= cursor.inputEnd;
}

/** The input ends before the stream does. */
export function reportTruncation(reader: Reader, error: DecodeError): void {
  report(reader, findingOf(error));
}

export function find(
  reader: Reader,
  rule: FindingRule,
  level: Level,
  offset: number,
  args: Readonly<Record<string, string | number>> = {},
): void {
  report(reader, { rule, level, subject: pathOf(reader), offset, args });
}

/** Closes the open section, whose bytes end at the cursor unless told otherwise. */
export function closeSection(
  reader: Reader,
  footer: boolean,
  payloadEnd: number,
  understood: Understanding,
  end = reader.cursor.offset,
): void {
  const open = reader.open;
  if (!open) return;
  const { kind, id, idstr, instance, version, offset, payloadOffset } = open;
  const length = end - offset;
  const payloadLength = payloadEnd - payloadOffset;
  const section = {
    kind,
    id,
    idstr,
    instance,
    version,
    offset,
    length,
    footer,
    payloadOffset,
    payloadLength,
    understood,
  };
  reader.open = undefined;
  reader.sectionCount++;
  reader.sink.event({ kind: "section", section });
}

/** Consumes bytes that no table describes, as one span. */
export function* skipRaw(reader: Reader, length: number, name: string): Steps {
  const start = reader.cursor.offset;
  const path = `${pathOf(reader)}.${name}`;
  yield* reader.cursor.skip(length, path);
  if (length > 0) reader.cursor.trace?.({ path, start, end: start + length, value: length, field: RAW });
}

export function wrong(
  reader: Reader,
  name: string,
  offset: number,
  expected: string,
  found: string,
): DecodeError {
  return new DecodeError({
    code: "value-unknown",
    path: `${pathOf(reader)}.${name}`,
    offset,
    expected,
    found,
  });
}

const RAW: Field = { kind: "bytes", length: 0, doc: "Bytes that no table describes." };
