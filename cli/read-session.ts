import {
  type CaptureSummary,
  type Channel,
  type Compression,
  createCaptureReader,
  createSession,
  type Finding,
  type SessionEvent,
  type SessionSink,
} from "../codec/index.ts";
import { collectEarly } from "./collect.ts";
import { inflatePage } from "./inflate-page.ts";
import { outlastInterrupt } from "./interrupt.ts";
import { closeInput, type Delivery, feed, type Input } from "./io.ts";
import { isAlone, type Job, type Source } from "./jobs.ts";
import type { ChannelKind, Kind } from "./kind.ts";
import type { Output } from "./output.ts";
import { startProgress } from "./progress.ts";
import { containerFindings, MOST_FINDINGS } from "./read-stream.ts";

/** A finding, and the channel it was made on. */
export interface SessionFinding {
  readonly channel: Channel | null;
  readonly finding: Finding;
}

export interface SessionInput {
  readonly name: string;
  /** Bytes of the file, or of what came through the pipe. */
  readonly size: number;
  readonly container: SessionContainer | null;
  readonly compression: Compression | null;
}

export type SessionContainer = "qevm" | "pcap" | "pcapng" | Exclude<ChannelKind, "proposal">;

/** How a capture, or the files of one migration, went, beside the events they gave. */
export interface SessionReading {
  readonly inputs: readonly SessionInput[];
  readonly capture: CaptureSummary | null;
  readonly findings: readonly SessionFinding[];
  /** Findings by rule that were counted but not told, because there were too many. */
  readonly untold: Untold;
  /** The same by migration; null for what belongs to none. */
  readonly untoldOf: ReadonlyMap<number | null, Untold>;
  /** Channels that belong to a migration, or that TLS hides. */
  readonly channels: readonly Channel[];
  /** What multifd channels call themselves, by the index of the channel. */
  readonly multifdIds: ReadonlyMap<number, number>;
  /** A channel could not be read to its end, although all its bytes are there. */
  readonly gaveUp: boolean;
}

type Untold = Readonly<Record<string, number>>;

/** What is read with a session; a plain stream needs none. */
export type SessionJob = Extract<Job, { kind: "capture" | "channels" }>;

type Gathered = Omit<SessionReading, "inputs" | "capture">;

/** Bytes that are decompressed of a capture, or of a channel. */
const LARGEST_CAPTURE = 2 ** 42;
/** Channels remembered; a session reads no more than 1024. */
const MOST_CHANNELS = 2048;

/** Reads a capture, or files of several channels, from start to end. The sink sees every event as it comes. */
export async function readSession(
  job: SessionJob,
  sink: SessionSink,
  output: Output,
): Promise<SessionReading> {
  collectEarly();
  const { createZlibInflater, zstdInflaters } = await import("../codec/formats/inflate.ts");
  const gathering = gather();
  const tell = (event: SessionEvent) => {
    gathering.event(event);
    sink.event(event);
  };
  const find = (finding: Finding) => tell({ kind: "finding", channel: null, finding, time: null });
  const inflaters = { zlib: createZlibInflater, zstd: zstdInflaters() };
  const page = sink.page?.bind(sink);
  const state = sink.state?.bind(sink);
  const session = createSession(
    { event: tell, ...(page ? { page } : {}), ...(state ? { state } : {}) },
    { inflatePage, inflaters },
  );
  const inputs: SessionInput[] = [];
  const read = async (
    source: Source,
    into: Parameters<typeof feed>[1],
    container: () => SessionContainer | null,
  ) => {
    const input = source.open();
    const delivery = await readInput(input, into, output);
    for (const finding of containerFindings(input, delivery)) find(finding);
    inputs.push({
      name: input.name,
      size: input.size ?? delivery.bytes,
      container: container(),
      compression: input.compression,
    });
  };

  if (job.kind === "channels") {
    for (const source of job.sources) {
      const { seen } = gathering;
      const file = session.file(source.name, identityOf(source.kind));
      await read(source, file, () => containerOf(source.kind));
      // What goes the other way on a multifd or preempt connection is empty.
      if (gathering.seen === seen)
        find({ rule: "CHANNEL_RECOGNISED", level: "note", subject: source.name, args: {} });
    }
    session.finish();
    return { inputs, capture: null, ...gathering.result() };
  }
  const reader = createCaptureReader(session.capture);
  await read(job.source, reader, () => reader.summary().container);
  session.finish();
  const capture = reader.summary();
  gathering.untold(capture.untoldFindings);
  if (capture.container !== null && gathering.result().channels.length === 0)
    find({
      rule: "MIGRATION_IN_CAPTURE",
      level: "error",
      subject: "",
      args: { connections: capture.connections },
    });
  return { inputs, capture, ...gathering.result() };
}

async function readInput(
  input: Input,
  reader: Parameters<typeof feed>[1],
  output: Output,
): Promise<Delivery> {
  const progress = startProgress(input, output);
  const release = input.seekable ? () => {} : outlastInterrupt();
  try {
    return await feed(input, reader, progress.update, { ...input.limits, bytes: LARGEST_CAPTURE });
  } finally {
    release();
    progress.stop();
    closeInput(input);
  }
}

function gather() {
  const findings: SessionFinding[] = [];
  const channels: Channel[] = [];
  const untoldOf = new Map<number | null, Record<string, number>>();
  const told = new Map<string, number>();
  const multifdIds = new Map<number, number>();
  let seen = 0;
  let gaveUp = false;
  const leaveOut = (counts: Untold, migration: number | null = null) => {
    const known = untoldOf.get(migration) ?? {};
    for (const [rule, count] of Object.entries(counts)) known[rule] = (known[rule] ?? 0) + count;
    untoldOf.set(migration, known);
  };
  /** Too many notes leave room for errors, and those of one migration for another. */
  const isTold = (migration: number | null, level: Finding["level"]) => {
    const key = `${migration} ${level === "error"}`;
    const count = (told.get(key) ?? 0) + 1;
    told.set(key, count);
    return count <= MOST_FINDINGS;
  };
  return {
    untold: leaveOut,
    /** Channels that were recognised, whatever as. */
    get seen() {
      return seen;
    },
    event(event: SessionEvent) {
      if (event.kind === "finding") {
        const { channel, finding } = event;
        const migration = channel?.migration ?? null;
        if (isTold(migration, finding.level)) findings.push({ channel, finding });
        else leaveOut({ [finding.rule]: 1 }, migration);
      } else if (event.kind === "channel") {
        seen++;
        const { channel } = event;
        const counts = channel.migration !== null || channel.role === "tls";
        if (counts && channels.length < MOST_CHANNELS) channels.push(channel);
      } else if ("event" in event && "untold" in event.event) {
        gaveUp ||= event.event.reason === "error" && event.channel.lost === 0;
        leaveOut(event.event.untold, event.channel.migration);
      } else if (event.kind === "multifd" && event.event.kind === "multifd-init")
        multifdIds.set(event.channel.index, event.event.id);
      else if (event.kind === "session-end") leaveOut(event.untold);
    },
    result: (): Gathered => ({
      findings,
      channels,
      untold: sumOf(untoldOf.values()),
      untoldOf,
      multifdIds,
      gaveUp,
    }),
  };
}

function sumOf(counts: Iterable<Untold>): Untold {
  const sum: Record<string, number> = {};
  for (const part of counts)
    for (const [rule, count] of Object.entries(part)) sum[rule] = (sum[rule] ?? 0) + count;
  return sum;
}

/** What was read of one migration, and of what belongs to none. */
export function onlyMigration(reading: SessionReading, wanted: number): SessionReading {
  const isMine = (migration: number | null) => migration === null || migration === wanted;
  return {
    ...reading,
    findings: reading.findings.filter(({ channel }) => isMine(channel?.migration ?? null)),
    channels: reading.channels.filter(({ migration }) => isMine(migration)),
    untold: sumOf(
      [...reading.untoldOf].flatMap(([migration, counts]) => (isMine(migration) ? [counts] : [])),
    ),
  };
}

/** What a file is, where that was seen before, or said: its first bytes need not tell. */
function identityOf(kind: Kind): Parameters<ReturnType<typeof createSession>["file"]>[1] {
  if (kind === "stream" || isAlone(kind)) return undefined;
  if (kind === "recovery" || kind === "proposal") return { role: "main", begins: kind };
  return { role: kind, begins: null };
}

function containerOf(kind: Kind): SessionContainer | null {
  if (isAlone(kind)) return null;
  return kind === "stream" || kind === "proposal" ? "qevm" : kind;
}
