import type { FindingRule } from "../codec/index.ts";
import type { SessionFinding, SessionReading } from "./read-session.ts";
import type { Reading } from "./read-stream.ts";

export type Verdict = "whole" | "partial" | "damaged" | "unrecognised";

/** Errors over bytes that are not there, rather than wrong. */
const CUT_STREAM: ReadonlySet<FindingRule> = new Set(["STREAM_COMPLETE", "CONTAINER_SOUND"]);
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

export function verdictOfStream({ container, findings, end }: Reading): Verdict {
  if (container === null) return end.reason === "truncated" && end.offset > 0 ? "partial" : "unrecognised";
  const wrong = findings.filter(({ level }) => level === "error");
  if (wrong.some(({ rule }) => !CUT_STREAM.has(rule))) return "damaged";
  return wrong.length > 0 ? "partial" : "whole";
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
