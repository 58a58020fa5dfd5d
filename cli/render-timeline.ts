import type { SessionSummary } from "../codec/index.ts";
import type { Paint } from "./output.ts";
import { printable } from "./printable.ts";
import { columns, human, milliseconds, plural } from "./text.ts";
import { joinedLines, type TimelineLine } from "./timeline-lines.ts";

/** Lines at the beginning and at the end of a timeline that is too long. */
const FIRST = 40;
const LAST = 20;
const LONGEST_DETAIL = 44;

/** The timeline of all migrations, one line for each thing that happened, or for many alike. */
export function timelineLines(
  {
    channels,
    migrations,
    timeline,
    timelineOmitted,
  }: Pick<SessionSummary, "channels" | "migrations" | "timeline" | "timelineOmitted">,
  labels: ReadonlyMap<number, string>,
  paint: Paint,
): string[] {
  // The table of connections tells how they ended, and what is not part of a migration.
  const told = joinedLines(
    timeline.filter(
      ({ what, detail }) =>
        what !== "connection-end" && !(what === "channel" && (detail === "unknown" || detail === "tls")),
    ),
    channels,
  );
  if (told.length === 0) return [];
  const left = told.length - FIRST - LAST;
  const shown = left > 1 ? [...told.slice(0, FIRST), ...told.slice(-LAST)] : told;
  const timed = shown.some(({ first }) => first.time !== null);
  const name = (line: TimelineLine) => nameOf(line, labels, migrations.length > 1);
  const rows = shown.map((line) => rowOf(line, name(line), timed));
  const lines = columns(rows, new Set(timed ? [0] : [])).map((line) => `  ${line}`);
  if (left > 1) lines.splice(FIRST, 0, paint("dim", `  … ${left} more`));
  if (timelineOmitted > 0)
    lines.push(paint("dim", `  and ${plural(timelineOmitted, "later entry", "later entries")}`));
  return [paint("bold", timed ? "timeline, ms since the first packet" : "timeline"), ...lines];
}

/** `main`, or `multifd × 8` for what several channels did. */
function nameOf(
  { channels, migration }: TimelineLine,
  labels: ReadonlyMap<number, string>,
  several: boolean,
): string {
  if (channels.size > 1) return `multifd × ${channels.size}${several ? ` of migration ${migration}` : ""}`;
  const [channel = null] = channels;
  return channel === null ? "" : (labels.get(channel) ?? `#${channel}`);
}

function rowOf(
  { first, details, states, count, until, bytes, pages }: TimelineLine,
  name: string,
  timed: boolean,
): string[] {
  const { time, what } = first;
  const amounts = [
    ...(pages > 0 ? [plural(pages, "page")] : []),
    ...(bytes > 0 ? [human(bytes)] : []),
    ...(until !== null && until !== time ? [`until ${milliseconds(until)}`] : []),
  ];
  const text = details.join(", ");
  return [
    ...(timed ? [time === null ? "" : milliseconds(time)] : []),
    name,
    printable(count === 1 ? what : `${what} × ${count}`),
    printable(text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)}…` : text),
    amounts.join(", "),
    states.length > 0 ? `→ ${printable(states.join(", "))}` : "",
  ];
}
