import type { PostcopySummary } from "../codec/index.ts";
import { human, milliseconds, plural } from "./text.ts";

type Recovery = PostcopySummary["recoveries"][number];

const MOST = 8;

/** What a migration did in postcopy: requests and answers, discards, the package, pauses and recoveries. */
export function postcopyLines(postcopy: PostcopySummary, labels: ReadonlyMap<number, string>): string[] {
  const { advised, listen, run, package: packaged, pauses, recoveries, omitted } = postcopy;
  const steps = [
    ...(advised ? [`advised${at(advised.time)}`] : []),
    ...(packaged ? [`package of ${human(packaged.length)}${at(packaged.time)}`] : []),
    ...(listen ? [`listen${at(listen.time)}`] : []),
    ...(run ? [`run${at(run.time)}`] : []),
  ];
  return [
    ...(steps.length > 0 ? [steps.join(", ")] : []),
    ...discards(postcopy),
    ...requests(postcopy),
    ...pages(postcopy),
    ...pauses.slice(0, MOST).map(({ time, proof }) => `paused${at(time)}: ${proof}`),
    ...recoveries.slice(0, MOST).flatMap((recovery) => recoveryLines(recovery, labels)),
    ...more(omitted + Math.max(0, pauses.length - MOST) + Math.max(0, recoveries.length - MOST)),
  ];
}

/** Dirty bitmaps advise postcopy as well, and nothing comes of it. */
export function wasPostcopy({
  discards,
  listen,
  run,
  requests,
  pauses,
  recoveries,
}: PostcopySummary): boolean {
  const happened = discards.messages + requests.messages + pauses.length + recoveries.length > 0;
  return happened || listen !== null || run !== null;
}

function at(time: number | null): string {
  return time === null ? "" : ` at ${milliseconds(time)} ms`;
}

function discards({ discards: { messages, bytes, blocks, omitted } }: PostcopySummary): string[] {
  if (messages === 0) return [];
  const ranges = blocks.reduce((sum, block) => sum + block.ranges.ranges.length + block.ranges.omitted, 0);
  const left = omitted > 0 ? `, ${omitted} not counted` : "";
  return [
    `discards  ${human(Number(bytes))} in ${plural(ranges, "range")} of ${plural(blocks.length, "block")}, ${plural(messages, "command")}${left}`,
  ];
}

function requests({ requests: told }: PostcopySummary): string[] {
  if (told.messages === 0) return [];
  const { messages, pages, answered, alreadySent, unanswered, duplicates, repeated, untracked, latency } =
    told;
  const parts = [
    ...count(answered, "answered"),
    ...count(alreadySent, "for pages on their way"),
    ...count(duplicates, "asked twice"),
    ...count(repeated, "asked again by the recovery"),
    ...count(untracked, "not followed"),
    unanswered === null ? "unanswered not known" : `${unanswered} unanswered`,
  ];
  const size = pages === null ? "" : ` for ${plural(pages, "page")}`;
  const lines = [`requests  ${messages}${size}: ${parts.join(", ")}`];
  if (latency)
    lines.push(
      `latency   min ${milliseconds(latency.min)} ms, median ${milliseconds(latency.median)} ms, p95 ${milliseconds(latency.p95)} ms, max ${milliseconds(latency.max)} ms`,
    );
  return lines;
}

function count(value: number | null, what: string): string[] {
  return value === null || value === 0 ? [] : [`${value} ${what}`];
}

function pages({ listen, pages: { main, preempt, recovery }, pagesSentTwice }: PostcopySummary): string[] {
  if (listen === null && main + preempt + recovery === 0) return [];
  const parts = [
    ...count(main, "on main"),
    ...count(preempt, "on preempt"),
    ...count(recovery, "on recovery"),
  ];
  const twice = pagesSentTwice === null ? "sent twice not known" : `${pagesSentTwice} sent twice`;
  return [`pages     since LISTEN: ${parts.join(", ") || "none"}; ${twice}`];
}

function recoveryLines(recovery: Recovery, labels: ReadonlyMap<number, string>): string[] {
  const { channel, time, bitmaps, resumedAt, acknowledgedAt, pagesSent, pagesSentAgain } = recovery;
  const sum = (key: "received" | "missing") => bitmaps.reduce((total, bitmap) => total + bitmap[key], 0);
  const again = pagesSentAgain === null ? "" : `, ${pagesSentAgain} of them once more`;
  const steps = [
    `recovered on ${labels.get(channel) ?? `#${channel}`}${at(time)}`,
    resumedAt ? `resumed${at(resumedAt.time)}` : "not resumed",
    acknowledgedAt ? `acknowledged${at(acknowledgedAt.time)}` : "not acknowledged",
  ];
  const have = `${sum("received")} pages received, ${sum("missing")} missing`;
  return [
    steps.join(", "),
    `          ${plural(bitmaps.length + recovery.omitted, "bitmap")}: ${have}; ${plural(pagesSent, "page")} sent${again}`,
  ];
}

function more(count: number): string[] {
  return count > 0 ? [`and ${plural(count, "more pause or recovery", "more pauses and recoveries")}`] : [];
}
