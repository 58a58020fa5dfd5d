import { createSummariser, type StreamEvent, type StreamSummary } from "../../codec/index.ts";
import { eventLine } from "../event-line.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../exit.ts";
import { findingLines } from "../finding-lines.ts";
import { findingsDocument, hasErrors, onStream } from "../findings.ts";
import { type InputOptions, type Job, jobsOf, type Source } from "../jobs.ts";
import { type Output, painter } from "../output.ts";
import { type Reading, readStream } from "../read-stream.ts";
import { renderSummary } from "../render-summary.ts";
import { ONLY_QCOW2 } from "../snapshot-option.ts";

export interface DecodeOptions extends InputOptions {
  readonly json?: boolean;
  readonly ndjson?: boolean;
  /** Which snapshot of a qcow2 image, by its id or name. */
  readonly snapshot?: string;
}

export async function decode(
  names: readonly string[],
  options: DecodeOptions,
  output: Output,
): Promise<ExitStatus> {
  let errors = false;
  for (const job of jobsOf(names, options)) {
    if (job.kind === "refused") throw job.error;
    if (job.kind !== "qcow2" && options.snapshot !== undefined) throw new UsageError(ONLY_QCOW2);
    const wrong = await decodeJob(job, options, output);
    errors ||= wrong;
  }
  return errors ? FINDINGS : CLEAN;
}

/** What only some inputs need is loaded with the first of them. */
async function decodeJob(
  job: Exclude<Job, { kind: "refused" }>,
  options: DecodeOptions,
  output: Output,
): Promise<boolean> {
  switch (job.kind) {
    case "stream":
      return await decodeStream(job.source, options, output);
    case "save-image": {
      const { decodeImage } = await import("../decode-image.ts");
      return await decodeImage(job.source, options, output);
    }
    case "qcow2": {
      const { decodeQcow2 } = await import("../decode-qcow2.ts");
      return await decodeQcow2(job.source, options, output);
    }
    default: {
      const { decodeSession } = await import("../decode-session.ts");
      return await decodeSession(job, options, output);
    }
  }
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
