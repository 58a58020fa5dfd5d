import { createSessionSummariser, type SessionEvent, type SessionSummary } from "../codec/index.ts";
import { findingsDocument, hasErrors } from "./findings.ts";
import { type Output, painter } from "./output.ts";
import { readSession, type SessionJob, type SessionReading } from "./read-session.ts";
import { renderSession } from "./render-session.ts";
import { sessionLine } from "./session-line.ts";
import { remarksOf } from "./session-remarks.ts";

/** Decodes a capture, or the files of one migration. Returns whether there are errors. */
export async function decodeSession(
  job: SessionJob,
  options: { readonly json?: boolean; readonly ndjson?: boolean },
  output: Output,
): Promise<boolean> {
  const summariser = createSessionSummariser();
  const name = job.kind === "capture" ? job.source.name : joinedName(job.sources);
  const event = (told: SessionEvent) => {
    if (options.ndjson) output.out(`${sessionLine(name, told)}\n`);
    else summariser.event(told);
  };
  const reading = await readSession(job, { event }, output);
  if (!options.ndjson) {
    const summary = summariser.summary();
    if (options.json) output.out(`${JSON.stringify(document(reading, summary), plain, 2)}\n`);
    else output.out(renderSession(reading, summary, painter(output)));
  }
  return hasErrors(reading.findings.map(({ finding }) => finding));
}

/** What several inputs that are one migration are called. */
function joinedName(inputs: readonly { readonly name: string }[]): string {
  return inputs.map(({ name }) => name).join(" + ");
}

function document(reading: SessionReading, summary: SessionSummary) {
  const { inputs, capture, untold } = reading;
  const { channels, connections, connectionsOmitted, migrations, timeline, timelineOmitted } = summary;
  return {
    format: "migwire/decode@1",
    input: inputDocument(reading),
    ...(capture ? { capture: captureDocument(capture) } : {}),
    ...(inputs.length > 1
      ? { inputs: inputs.map(({ name, size, container }) => ({ name, size, container })) }
      : {}),
    channels,
    connections,
    ...(connectionsOmitted > 0 ? { connectionsOmitted } : {}),
    migrations,
    timeline,
    ...(timelineOmitted > 0 ? { timelineOmitted } : {}),
    ...findingsDocument(remarksOf(reading), untold),
  };
}

/** Several files go by the first of them, which is the main channel if there is one. */
function inputDocument({ inputs }: SessionReading) {
  const size = inputs.reduce((sum, input) => sum + input.size, 0);
  return { name: joinedName(inputs), size, container: inputs[0]?.container ?? null };
}

function captureDocument({
  container: _,
  untoldFindings: __,
  ...counts
}: NonNullable<SessionReading["capture"]>) {
  return counts;
}

function plain(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
