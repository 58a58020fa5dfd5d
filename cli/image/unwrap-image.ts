import type { Compression, Finding } from "../../codec/index.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../exit.ts";
import { findingLines } from "../finding-lines.ts";
import { onStream } from "../findings.ts";
import { painter } from "../output.ts";
import { payloadFinding } from "../payload/delivery.ts";
import { feedFile, inflate } from "../payload/feed-payload.ts";
import { printable } from "../printable.ts";
import { startProgress } from "../progress.ts";
import { mappedStream } from "./mapped-move.ts";
import { copyMapped } from "./move-mapped.ts";
import type { Target, Tools } from "./unwrap-target.ts";
import { type StreamResult, watchStream } from "./watch-stream.ts";

/** A stream in a file. */
export interface Payload {
  readonly name: string;
  readonly fd: number;
  /** Bytes of the file. */
  readonly size: number;
  readonly offset: number;
  /** What it is compressed with. */
  readonly format: Compression | null;
}

/** Copies the stream as it is or as it comes out of its compression, and says whether it is whole. */
export async function unwrapPlain(payload: Payload, open: () => Target, tools: Tools): Promise<ExitStatus> {
  const { name, fd, size, offset, format } = payload;
  const watched = watchStream();
  const progress = startProgress({ name, size }, tools.output);
  const target = open();
  try {
    const take = (chunk: Uint8Array) => {
      target.write(chunk);
      watched.reader.push(chunk);
    };
    const { bytes, problem } = await inflate(
      { fd, offset, size },
      format,
      take,
      watched.limits,
      progress.update,
    );
    watched.reader.finish();
    const broken = problem && format ? [payloadFinding(problem, format, offset)] : [];
    if (problem && problem.kind !== "failed" && problem.kind !== "trailing") {
      tell(broken, tools);
      throw new UsageError(`${printable(name)} could not be read to its end: nothing is kept of it`);
    }
    if (bytes === 0) {
      tell(broken, tools);
      tools.output.err(`migwire: no byte of a stream is in ${printable(name)}: nothing was written\n`);
      return FINDINGS;
    }
    target.commit();
    return told(name, watched.result(name), broken, tools);
  } finally {
    progress.stop();
    target.discard();
  }
}

/** Copies a mapped-ram stream. Its offsets count from the start of the file, so that they are written anew. */
export async function unwrapMapped(
  payload: Payload,
  to: string,
  open: () => Target,
  tools: Tools,
): Promise<ExitStatus> {
  const { name, fd, size, offset } = payload;
  if (to === "-")
    throw new UsageError(
      `${printable(name)} holds a mapped-ram stream, whose pages have fixed places in a file: it cannot go through a pipe. Name a file with -o`,
    );
  const watched = watchStream(offset);
  const progress = startProgress({ name, size }, tools.output);
  try {
    await feedFile({ fd, offset, size }, watched.reader, progress.update);
    watched.reader.finish();
    const result = watched.result(name);
    const stream = mappedStream(offset, result.blocks);
    if (!stream || isMisplaced(result)) {
      tell(result.findings, tools);
      throw new UsageError(
        `the offsets of the mapped-ram stream in ${printable(name)} do not fit their place, so they cannot be moved: nothing was written`,
      );
    }
    const target = open();
    try {
      await copyMapped(tools.fs, { fd, size }, stream, { fd: target.fd ?? -1, start: 0 }, progress.update);
      target.commit();
    } finally {
      target.discard();
    }
    return told(name, result, [], tools);
  } finally {
    progress.stop();
  }
}

/** Its headers point elsewhere than where its bitmaps are. */
export function isMisplaced({ findings }: StreamResult): boolean {
  return findings.some(({ rule }) => rule === "MAPPED_RAM_HEADER_SOUND");
}

/** Says on stderr how whole the stream is that was written. */
export function told(
  name: string,
  { findings, verdict }: StreamResult,
  broken: readonly Finding[],
  tools: Tools,
): ExitStatus {
  const errors = [...broken, ...findings].filter(({ level }) => level === "error");
  if (verdict === "whole" && errors.length === 0) return CLEAN;
  tell(errors, tools);
  tools.output.err(
    `migwire: the stream of ${printable(name)} is ${verdict}: it was written as far as it is there\n`,
  );
  return FINDINGS;
}

export function tell(findings: readonly Finding[], { output }: Tools): void {
  output.err(findingLines(onStream(findings), painter(output)));
}
