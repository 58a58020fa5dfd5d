import {
  type ChannelReader,
  type Compression,
  createStreamReader,
  type Finding,
  type FindingRule,
  type StreamEvent,
  type StreamSink,
} from "../codec/index.ts";
import { inflatePage } from "./inflate-page.ts";
import { closeInput, type Delivery, feed, type Input } from "./io.ts";
import type { Output } from "./output.ts";
import { payloadFinding, withoutEnd } from "./payload/delivery.ts";
import { createGuard } from "./payload/guard.ts";
import { LIMITS, type PayloadLimits } from "./payload/meter.ts";
import { type Progress, startProgress } from "./progress.ts";

/** How an input went, beside the events it gave. */
export interface Reading {
  readonly name: string;
  /** Bytes of the file, or of what came through the pipe. */
  readonly size: number;
  readonly compression: Compression | null;
  readonly container: "qevm" | "mapped-ram" | null;
  readonly findings: readonly Finding[];
  readonly end: StreamEvent & { kind: "end" };
}

/** Findings kept for one input. */
export const MOST_FINDINGS = 1000;

/** Reads one input from start to end, and closes it. The sink sees every event; findings are gathered as well. */
export async function readStream(input: Input, sink: StreamSink, output: Output): Promise<Reading> {
  const progress = startProgress(input, output);
  try {
    return await readInput(input, sink, progress.update);
  } finally {
    progress.stop();
    closeInput(input);
  }
}

async function readInput(input: Input, sink: StreamSink, progress: Progress): Promise<Reading> {
  const stream = openStream(sink, { offset: input.offset, limits: input.limits });
  const delivery = await feed(input, stream.reader, progress, stream.limits);
  for (const finding of containerFindings(input, delivery)) stream.find(finding);
  const { name, compression } = input;
  const { container, findings, end } = stream.result();
  const told = withoutEnd(findings, delivery.problem);
  return { name, size: input.size ?? delivery.bytes, compression, container, findings: told, end };
}

/** A stream that is being read, with what is gathered of it. */
export interface OpenStream {
  readonly reader: ChannelReader;
  /** How much of it is decompressed at most, which depends on what it tells. */
  readonly limits: PayloadLimits;
  find(finding: Finding): void;
  /** What was read, once the reader is finished. */
  result(): Pick<Reading, "container" | "findings" | "end">;
}

export interface OpenOptions {
  /** Of the first byte pushed. */
  readonly offset: number;
  /** Says how many bytes of memory the guest is known to have, once the stream has begun. */
  readonly memory?: () => number;
  readonly limits?: PayloadLimits;
  /** What is said about the stream by another rule, because of what it stands in. */
  readonly renamed?: Partial<Readonly<Record<FindingRule, FindingRule>>>;
}

export function openStream(
  sink: StreamSink,
  { offset, memory = () => 0, limits = LIMITS, renamed = {} }: OpenOptions,
): OpenStream {
  const findings: Finding[] = [];
  const ends: Reading["end"][] = [];
  const guard = createGuard(memory, limits);
  let container: Reading["container"] = null;
  const tell = (told: StreamEvent) => {
    const event = named(told);
    guard.event(event);
    if (event.kind === "header") container = "qevm";
    if (event.kind === "ram-blocks" && event.reading.mappedRam) container = "mapped-ram";
    if (event.kind === "finding" && findings.length < MOST_FINDINGS) findings.push(event.finding);
    if (event.kind === "end") ends.push(event);
    sink.event(event);
  };
  const named = (event: StreamEvent): StreamEvent => {
    if (event.kind !== "finding") return event;
    const { finding } = event;
    return { kind: "finding", finding: { ...finding, rule: renamed[finding.rule] ?? finding.rule } };
  };
  const reader = createStreamReader({ ...sink, event: tell }, { offset, inflatePage });
  guard.watch(reader);
  return {
    reader,
    limits: guard.limits,
    find: (finding) => tell({ kind: "finding", finding }),
    result() {
      const [end] = ends;
      if (!end) throw new TypeError("the reader did not tell how the stream ended");
      return { container, findings, end };
    },
  };
}

/** What went wrong with the compression around an input. A gzip file that is cut off may still be read up to there. */
export function containerFindings(
  { compression }: Pick<Input, "compression">,
  { bytes, problem }: Delivery,
): Finding[] {
  if (!problem || !compression) return [];
  if (compression !== "gzip" || problem.kind !== "failed") return [payloadFinding(problem, compression, 0)];
  const args = { container: compression, problem: problem.text };
  return [{ rule: "CONTAINER_SOUND", level: "error", subject: "", offset: bytes, args }];
}
