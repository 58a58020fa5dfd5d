import { createSummariser, type StreamEvent, type StreamSummary } from "../../codec/index.ts";
import { explain } from "../../compat/index.ts";
import { CLEAN, type ExitStatus, FINDINGS } from "../exit.ts";
import { findingLines, findingsDocument, hasErrors } from "../findings.ts";
import { type Output, painter } from "../output.ts";
import { type Reading, readStreamFile } from "../read-stream.ts";
import { renderSummary } from "../render-summary.ts";

export interface DecodeOptions {
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly offset?: number;
}

export async function decode(
  names: readonly string[],
  options: DecodeOptions,
  output: Output,
): Promise<ExitStatus> {
  let errors = false;
  for (const name of names) {
    const summariser = createSummariser();
    const event = (told: StreamEvent) => {
      if (options.ndjson) output.out(`${eventLine(name, told)}\n`);
      else summariser.event(told);
    };
    const reading = await readStreamFile(name, { event }, options.offset ?? 0, output);
    errors ||= hasErrors(reading.findings);
    if (options.ndjson) continue;
    const summary = summariser.summary();
    if (options.json) output.out(`${JSON.stringify(document(reading, summary), null, 2)}\n`);
    else
      output.out(
        renderSummary(reading, summary, painter(output)) + findingLines(reading.findings, painter(output)),
      );
  }
  return errors ? FINDINGS : CLEAN;
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
    ...findingsDocument(findings, end.untold),
  };
}

/** 64-bit numbers are decimal strings, as everywhere. */
function eventLine(input: string, event: StreamEvent): string {
  const told = event.kind === "finding" ? { ...event, ...explain(event.finding) } : event;
  return JSON.stringify({ input, ...told }, (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
}
