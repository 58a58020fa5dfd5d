import type { ChannelSummary, TimelineEntry } from "../codec/index.ts";

const MOST_DETAILS = 16;

/** One line of the timeline: entries of one kind, and the states they prove. */
export interface TimelineLine {
  readonly first: TimelineEntry;
  /** Where they happened: several channels only of multifd. */
  readonly channels: Set<number | null>;
  readonly migration: number | null;
  readonly details: string[];
  readonly states: string[];
  count: number;
  until: number | null;
  bytes: number;
  pages: number;
}

type Channels = readonly Pick<ChannelSummary, "role" | "migration">[];

/**
 * Joins what is of one kind and follows each other on one channel, and states with what proves them. The multifd channels of
 * a migration are told as one: which of them took a page means nothing.
 */
export function joinedLines(entries: readonly TimelineEntry[], channels: Channels): readonly TimelineLine[] {
  const lines: TimelineLine[] = [];
  /** Lines that may grow: all since something else happened. */
  const growing = new Map<string, TimelineLine>();
  let lane = "";
  let last: TimelineLine | undefined;

  function begin(entry: TimelineEntry, details: string[], states: string[]): void {
    const { channel, count, until, bytes, pages } = entry;
    const migration = channel === null ? null : (channels[channel]?.migration ?? null);
    last = {
      first: entry,
      channels: new Set([channel]),
      migration,
      details,
      states,
      count,
      until,
      bytes,
      pages,
    };
    lines.push(last);
  }

  for (const entry of entries) {
    const { channel, what, detail } = entry;
    const next = laneOf(entry, channels);
    if (what === "state") {
      const [state = "", proof] = (detail ?? "").split(/: (.*)/s);
      if (last?.until === entry.time && last.channels.has(channel)) last.states.push(state);
      else begin(entry, proof ? [proof] : [], [state]);
      continue;
    }
    if (next !== lane) growing.clear();
    lane = next;
    const known = growing.get(what);
    if (known && known.states.length === 0 && (known === last || isShared(lane))) {
      grow(known, entry);
      last = known;
    } else {
      begin(entry, detail === null ? [] : [detail], []);
      if (last && (entry.pages === 0 || isShared(lane))) growing.set(what, last);
    }
  }
  return lines;
}

function grow(line: TimelineLine, { channel, detail, count, until, bytes, pages }: TimelineEntry): void {
  line.channels.add(channel);
  line.count += count;
  line.until = line.until === null || until === null ? until : Math.max(line.until, until);
  line.bytes += bytes;
  line.pages += pages;
  if (detail !== null && line.details.length < MOST_DETAILS && !line.details.includes(detail))
    line.details.push(detail);
}

/** Entries of one lane are told together. */
function laneOf({ channel, what }: TimelineEntry, channels: Channels): string {
  const { role, migration } = (channel === null ? undefined : channels[channel]) ?? {};
  if (role === "multifd") return `multifd ${migration}`;
  return what === "bitmap bits" || what === "bitmap zeroes" ? `bitmap ${channel}` : String(channel);
}

/** Whether entries of several kinds may alternate. */
function isShared(lane: string): boolean {
  return lane.startsWith("multifd") || lane.startsWith("bitmap");
}
