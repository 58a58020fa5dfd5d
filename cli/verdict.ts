import type { Finding, FindingRule } from "../codec/index.ts";
import type { SessionFinding, SessionReading } from "./read-session.ts";
import type { Reading } from "./read-stream.ts";

export type Verdict = "whole" | "partial" | "damaged" | "unrecognised";

/** Errors over bytes that are not there, rather than wrong. */
const CUT_STREAM: ReadonlySet<FindingRule> = new Set([
  "CONTAINER_SOUND",
  "QCOW2_FILE_COMPLETE",
  "SAVE_DATA_COMPLETE",
  "SAVE_HEADER_COMPLETE",
  "SAVE_PAYLOAD_PRESENT",
  "STREAM_COMPLETE",
]);
const CUT: ReadonlySet<FindingRule> = new Set([
  ...CUT_STREAM,
  "CAPTURE_FILE_COMPLETE",
  "CAPTURE_ONE_SIDED",
  "CHANNEL_COMPLETE",
  "POSTCOPY_PAUSED",
  "RETURN_PATH_COMPLETE",
]);
/** The migration failed, and what tells so is all there. */
const TOLD: ReadonlySet<FindingRule> = new Set([
  "MAIN_CHANNEL_SEEN",
  "MIGRATION_COMPLETES",
  "RETURN_PATH_SHUT_CLEAN",
]);
/** Bytes that the capture lacks, or does not show. */
const LACKING: ReadonlySet<FindingRule> = new Set([
  "CAPTURE_BEGINS_LATE",
  "CAPTURE_FILE_COMPLETE",
  "CAPTURE_GAP",
  "CAPTURE_ONE_SIDED",
  "CHANNEL_COMPLETE",
  "TLS_OPAQUE",
]);

/** Errors of migwire's surroundings, which say nothing of the input. */
const UNJUDGED: ReadonlySet<FindingRule> = new Set(["PAYLOAD_HELPER_FOUND", "PAYLOAD_HELPER_TIMELY"]);

/** Whether an error is over bytes that are not there, rather than wrong. */
function isCut({ rule, args }: Finding): boolean {
  return CUT_STREAM.has(rule) || (rule === "PAYLOAD_DECOMPRESSES" && args.cut === 1);
}

/** Whether an input could not be read to its end for want of a program, or of time. */
export function isUnjudged(findings: readonly Finding[]): boolean {
  return findings.some(({ rule }) => UNJUDGED.has(rule));
}

/** What errors make of an input that is otherwise whole. What could not be read is missing in the stream, too. */
export function verdictOfErrors(findings: readonly Finding[]): Verdict {
  const unjudged = isUnjudged(findings);
  const wrong = findings.filter(
    ({ rule, level }) =>
      level === "error" && !UNJUDGED.has(rule) && !(unjudged && rule === "STREAM_COMPLETE"),
  );
  if (wrong.some((finding) => !isCut(finding))) return "damaged";
  if (wrong.length > 0) return "partial";
  return unjudged ? "unrecognised" : "whole";
}

export function verdictOfStream({
  container,
  findings,
  end,
}: Pick<Reading, "container" | "findings" | "end">): Verdict {
  if (container !== null) return verdictOfErrors(findings);
  const isBeginning = end.reason === "truncated" && end.offset > 0 && !isUnjudged(findings);
  return isBeginning ? "partial" : "unrecognised";
}

export function verdictOfSession({ findings, channels, gaveUp }: SessionReading): Verdict {
  if (channels.length === 0) return "unrecognised";
  const ours = new Set(
    channels.flatMap(({ migration, connection }) =>
      migration !== null && connection ? [server(connection)] : [],
    ),
  );
  const hidden = channels.every(({ migration }) => migration === null);
  const isOurs = ({ channel, finding }: SessionFinding) =>
    channel === null ||
    channel.migration !== null ||
    finding.rule === "CHANNEL_RECOGNISED" ||
    hidden ||
    (channel.connection !== null && ours.has(server(channel.connection)));
  const mine = findings.filter(isOurs);
  const wrong = mine.filter(({ finding }) => finding.level === "error").map(({ finding }) => finding.rule);
  if (gaveUp || wrong.some((rule) => !CUT.has(rule) && !TOLD.has(rule))) return "damaged";
  const partial =
    wrong.some((rule) => CUT.has(rule)) || mine.some(({ finding }) => LACKING.has(finding.rule));
  return partial ? "partial" : "whole";
}

function server({
  server: { address, port },
}: {
  readonly server: { readonly address: string; readonly port: number };
}): string {
  return `${address} ${port}`;
}
