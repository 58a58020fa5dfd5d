import {
  createStreamReader,
  createSummariser,
  type Finding,
  type RamBlock,
  type StreamEvent,
  type StreamSummary,
} from "../../codec/index.ts";
import { inflatePage } from "../inflate-page.ts";
import { createGuard } from "../payload/guard.ts";
import type { PayloadLimits } from "../payload/meter.ts";
import { MOST_FINDINGS, type Reading } from "../read-stream.ts";
import { type Verdict, verdictOfStream } from "../verdict.ts";

/** A stream that is read while it is copied. */
export interface WatchedStream {
  readonly reader: ReturnType<typeof createStreamReader>;
  /** How much may come out of compressed data: it grows with the memory that the stream announces. */
  readonly limits: PayloadLimits;
  /** After the reader has finished. */
  result(name: string): StreamResult;
}

export interface StreamResult {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly end: Reading["end"];
  readonly summary: StreamSummary;
  readonly blocks: readonly RamBlock[];
  readonly mapped: boolean;
}

/** `offset` is where the stream begins in its file: offsets of a mapped-ram stream count from there. */
export function watchStream(offset = 0): WatchedStream {
  const findings: Finding[] = [];
  const ends: Reading["end"][] = [];
  const summariser = createSummariser();
  const guard = createGuard();
  let blocks: readonly RamBlock[] = [];
  let container: Reading["container"] = null;
  const event = (told: StreamEvent) => {
    guard.event(told);
    summariser.event(told);
    if (told.kind === "header") container = "qevm";
    if (told.kind === "ram-blocks") {
      ({ blocks } = told);
      if (told.reading.mappedRam) container = "mapped-ram";
    }
    if (told.kind === "finding" && findings.length < MOST_FINDINGS) findings.push(told.finding);
    if (told.kind === "end") ends.push(told);
  };
  return {
    reader: createStreamReader({ event }, { offset, inflatePage }),
    limits: {
      get bytes() {
        return guard.limits.bytes;
      },
      seconds: guard.limits.seconds,
    },
    result(name) {
      const [end] = ends;
      if (!end) throw new TypeError("the reader did not tell how the stream ended");
      const reading = { name, size: end.offset, compression: null, container, findings, end };
      const verdict = verdictOfStream(reading);
      return {
        verdict,
        findings,
        end,
        summary: summariser.summary(),
        blocks,
        mapped: container === "mapped-ram",
      };
    },
  };
}
