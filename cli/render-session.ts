import type { SessionSummary } from "../codec/index.ts";
import { labelsOf } from "./channel-label.ts";
import { findingLines } from "./finding-lines.ts";
import { squashed } from "./findings.ts";
import type { Paint } from "./output.ts";
import { printable } from "./printable.ts";
import type { SessionReading } from "./read-session.ts";
import { connectionLines } from "./render-connections.ts";
import { migrationLines } from "./render-migration.ts";
import { titleOf } from "./render-summary.ts";
import { timelineLines } from "./render-timeline.ts";
import { remarksOf } from "./session-remarks.ts";
import { milliseconds, plural } from "./text.ts";

/** What happened in a capture, or in the files of one migration. */
export function renderSession(reading: SessionReading, summary: SessionSummary, paint: Paint): string {
  const labels = labelsOf(new Map(summary.channels.map((channel, index) => [index, channel])));
  const parts = [inputLines(reading, paint), connectionLines(summary, labels, paint)];
  for (const migration of summary.migrations) {
    const mine = summary.channels.flatMap((channel, index) =>
      channel.migration === migration.index ? [{ channel, label: labels.get(index) ?? "" }] : [],
    );
    const lines = migrationLines(migration, mine, labels, paint);
    const where = migration.endpoint === "" ? "" : ` to ${migration.endpoint}`;
    const head = paint("bold", `migration ${migration.index}${where}`);
    parts.push(summary.migrations.length > 1 ? [head, ...lines] : lines);
  }
  parts.push(timelineLines(summary, labels, paint));
  const { shown, untold } = squashed(remarksOf(reading, labels), reading.untold);
  const findings = findingLines(shown, paint, untold);
  const text = parts.filter((lines) => lines.length > 0).map((lines) => `${lines.join("\n")}\n`);
  return [...text, ...(findings === "" ? [] : [findings])].join("\n");
}

function inputLines({ inputs, capture }: SessionReading, paint: Paint): string[] {
  return inputs.map(({ name, size, container, compression }, i) => {
    const sizes = compression ? `${size} bytes, ${compression}` : `${size} bytes`;
    const title = i === 0 ? titleOf("input", paint) : " ".repeat(9);
    return `${title} ${printable(name)} (${sizes}), ${capture ? captureText(capture) : CONTAINERS[container ?? "unknown"]}`;
  });
}

const CONTAINERS: Readonly<Record<string, string>> = {
  qevm: "main channel",
  multifd: "multifd channel",
  "return-path": "return path",
  "postcopy-preempt": "postcopy preempt channel",
  recovery: "main channel of a recovery",
  unknown: "not recognised",
};

function captureText({
  container,
  packets,
  duration,
  start,
}: NonNullable<SessionReading["capture"]>): string {
  if (container === null) return "not recognised";
  const from = start === null ? "" : ` from ${utc(start)}`;
  return `${container} capture of ${plural(packets, "packet")} in ${milliseconds(duration)} ms${from}`;
}

/** `2026-11-21 08:28:00.123 UTC`; years that no calendar has are left as seconds. */
function utc(nanoseconds: bigint): string {
  const date = new Date(Number(nanoseconds / 1_000_000n));
  if (Number.isNaN(date.getTime())) return `${nanoseconds / 1_000_000_000n} s`;
  return date.toISOString().replace("T", " ").replace("Z", " UTC");
}
