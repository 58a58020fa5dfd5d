import { createStreamReader, type Finding, type StreamEvent, type StreamSink } from "../codec/index.ts";
import { inflatePage } from "./inflate-page.ts";
import { closeInput, feed, type Input } from "./io.ts";
import type { Output } from "./output.ts";
import { startProgress } from "./progress.ts";

/** How an input went, beside the events it gave. */
export interface Reading {
  readonly name: string;
  /** Bytes of the file, or of what came through the pipe. */
  readonly size: number;
  readonly compression: "gzip" | null;
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

async function readInput(
  input: Input,
  sink: StreamSink,
  progress: (bytes: number) => void,
): Promise<Reading> {
  const findings: Finding[] = [];
  const ends: Reading["end"][] = [];
  let container: Reading["container"] = null;
  const tell = (event: StreamEvent) => {
    if (event.kind === "header") container = "qevm";
    if (event.kind === "ram-blocks" && event.reading.mappedRam) container = "mapped-ram";
    if (event.kind === "finding" && findings.length < MOST_FINDINGS) findings.push(event.finding);
    if (event.kind === "end") ends.push(event);
    sink.event(event);
  };
  const reader = createStreamReader({ ...sink, event: tell }, { offset: input.offset, inflatePage });
  const { bytes, broken } = await feed(input, reader, progress);
  if (broken !== undefined) tell({ kind: "finding", finding: containerFinding("gzip", broken, bytes) });
  const [end] = ends;
  if (!end) throw new TypeError("the reader did not tell how the stream ended");
  const compression = input.gzip ? "gzip" : null;
  return { name: input.name, size: input.size ?? bytes, compression, container, findings, end };
}

/** The container around the stream is cut off or damaged. */
export function containerFinding(container: string, problem: string, offset: number): Finding {
  return { rule: "CONTAINER_SOUND", level: "error", subject: "", offset, args: { container, problem } };
}
