import { createSummariser, type StreamEvent, type StreamSummary } from "../../codec/index.ts";
import { explain } from "../../compat/index.ts";
import { CLEAN, type ExitStatus, FINDINGS } from "../exit.ts";
import { findingLines } from "../finding-lines.ts";
import { findingsDocument, hasErrors, onStream } from "../findings.ts";
import { type InputOptions, jobsOf, type Source } from "../jobs.ts";
import { type Output, painter } from "../output.ts";
import type { SessionJob } from "../read-session.ts";
import { type Reading, readStream } from "../read-stream.ts";
import { renderSummary } from "../render-summary.ts";

export interface DecodeOptions extends InputOptions {
  readonly json?: boolean;
  readonly ndjson?: boolean;
}

export async function decode(
  names: readonly string[],
  options: DecodeOptions,
  output: Output,
): Promise<ExitStatus> {
  let errors = false;
  for (const job of jobsOf(names, options)) {
    if (job.kind === "refused") throw job.error;
    const wrong =
      job.kind === "stream"
        ? await decodeStream(job.source, options, output)
        : await decodeWithSession(job, options, output);
    errors ||= wrong;
  }
  return errors ? FINDINGS : CLEAN;
}

async function decodeWithSession(job: SessionJob, options: DecodeOptions, output: Output): Promise<boolean> {
  const { decodeSession } = await import("../decode-session.ts");
  return await decodeSession(job, options, output);
}

async function decodeStream(source: Source, options: DecodeOptions, output: Output): Promise<boolean> {
  const summariser = createSummariser();
  const event = (told: StreamEvent) => {
    if (options.ndjson) output.out(`${eventLine(source.name, told)}\n`);
    else summariser.event(told);
  };
  const reading = await readStream(source.open(), { event }, output);
  const { findings, end } = reading;
  if (!options.ndjson) {
    const summary = summariser.summary();
    if (options.json) output.out(`${JSON.stringify(document(reading, summary), null, 2)}\n`);
    else
      output.out(
        renderSummary(reading, summary, painter(output)) +
          findingLines(onStream(findings), painter(output), end.untold),
      );
  }
  return hasErrors(findings);
}

function document({ name, size, container, findings, end }: Reading, stream: StreamSummary) {
  const main = {
    role: "main",
    direction: "source-to-destination",
    connection: null,
    bytes: end.offset,
    stream,
  };
  return {
    format: "migwire/decode@1",
    input: { name, size, container },
    channels: stream.version === null ? [] : [main],
    ...findingsDocument(onStream(findings), end.untold),
  };
}

/** 64-bit numbers are decimal strings, as everywhere. */
function eventLine(input: string, event: StreamEvent): string {
  const told = event.kind === "finding" ? { ...event, ...explain(event.finding) } : event;
  return JSON.stringify({ input, ...told }, (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
}
