import type { Connection } from "../capture/events.ts";
import type { SessionEvent } from "./events.ts";

/** Something that happened, or many alike in a row. */
export interface TimelineEntry {
  /** Nanoseconds since the first packet, of the first and of the last of them; null where nothing tells the time. */
  readonly time: number | null;
  readonly until: number | null;
  readonly channel: number | null;
  /** A term of the wire: a command, a message, a kind of section or packet, `state`, `gap`. */
  readonly what: string;
  readonly detail: string | null;
  readonly count: number;
  /** Bytes of sections, payloads and gaps. */
  readonly bytes: number;
  readonly pages: number;
}

export interface Timeline {
  event(event: SessionEvent): void;
  readonly entries: readonly TimelineEntry[];
  readonly omitted: number;
}

/** What one event says to the timeline; `minor` ones are joined with those alike until something else happens. */
interface Mark {
  readonly what: string;
  readonly detail?: string | null;
  readonly minor?: true;
  readonly bytes?: number;
  readonly pages?: number;
}

type Open = { -readonly [key in keyof TimelineEntry]: TimelineEntry[key] };

const LONGEST_TIMELINE = 2000;
/** The state of the destination after the guest's devices were loaded, as the source asks for since 10.2. */
const PACKAGED_LOADED = 0x42;

/** Squashes the events of a session to what matters. */
export function createTimeline(): Timeline {
  const entries: Open[] = [];
  const runs = new Map<string, Open>();
  /** Connections that hold a channel: the end of others matters to nobody. */
  const connections = new Set<Connection>();
  let omitted = 0;

  function add(mark: Mark, channel: number | null, time: number | null): void {
    const { what, detail = null, minor, bytes = 0, pages = 0 } = mark;
    const key = `${channel} ${what} ${detail}`;
    const run = minor ? runs.get(key) : undefined;
    if (run) {
      run.count++;
      run.until = time;
      run.bytes += bytes;
      run.pages += pages;
      return;
    }
    if (!minor) runs.clear();
    const entry = { time, until: time, channel, what, detail, count: 1, bytes, pages };
    if (minor) runs.set(key, entry);
    if (entries.length < LONGEST_TIMELINE) entries.push(entry);
    else omitted++;
  }

  return {
    get entries() {
      return entries;
    },
    get omitted() {
      return omitted;
    },
    event(event) {
      if (event.kind === "channel" && event.channel.connection) connections.add(event.channel.connection);
      if (event.kind === "connection-end" && !connections.delete(event.connection)) return;
      const mark = markOf(event);
      if (mark) add(mark, channelOf(event), timeOf(event));
    },
  };
}

function channelOf(event: SessionEvent): number | null {
  if (event.kind === "state") return event.change.channel;
  return "channel" in event ? (event.channel?.index ?? null) : null;
}

function timeOf(event: SessionEvent): number | null {
  if (event.kind === "state") return event.change.time;
  return "time" in event ? event.time : null;
}

function markOf(event: SessionEvent): Mark | undefined {
  switch (event.kind) {
    case "channel":
      return {
        what: "channel",
        detail:
          event.channel.begins === null
            ? event.channel.role
            : `${event.channel.role} (${event.channel.begins})`,
      };
    case "stream":
      return streamMark(event.event);
    case "multifd":
      return multifdMark(event.event);
    case "return-path":
      return messageMark(event.event);
    case "state":
      return { what: "state", detail: `${event.change.side} ${event.change.state}: ${event.change.proof}` };
    case "gap":
      return { what: "gap", detail: event.why, minor: true, bytes: event.length };
    case "connection-end":
      return { what: "connection-end", detail: event.how };
    default:
      return undefined;
  }
}

function streamMark(event: Extract<SessionEvent, { kind: "stream" }>["event"]): Mark | undefined {
  switch (event.kind) {
    case "header":
      return { what: "header", detail: `version ${event.version}` };
    case "configuration":
      return { what: "configuration", detail: event.machine };
    case "section": {
      const { kind, idstr, length } = event.section;
      return { what: kind === "full" ? "device" : `${idstr} ${kind}`, minor: true, bytes: length };
    }
    case "command": {
      const { name, value, length } = event;
      const detail = typeof value === "number" || typeof value === "string" ? String(value) : blockOf(value);
      return { what: name, detail, bytes: length };
    }
    case "dirty-bitmap-chunk":
      return { what: `bitmap ${event.what}`, detail: `${event.node}/${event.bitmap}`, minor: true };
    case "vmdesc":
      return { what: "vmdesc", bytes: event.vmdesc.length };
    case "end":
      return { what: "end", detail: event.reason };
    default:
      return undefined;
  }
}

function blockOf(value: unknown): string | null {
  const named = typeof value === "object" && value !== null && "block" in value;
  return named && typeof value.block === "string" ? value.block : null;
}

function multifdMark(event: Extract<SessionEvent, { kind: "multifd" }>["event"]): Mark | undefined {
  switch (event.kind) {
    case "multifd-init":
      return { what: "multifd-init", detail: `id ${event.id}` };
    case "multifd-packet": {
      const { normal, zero, payload, sync, compression } = event;
      if (normal + zero === 0) return { what: sync ? "sync" : "empty packet", minor: true };
      return { what: "packet", detail: compression, minor: true, bytes: payload, pages: normal + zero };
    }
    case "multifd-device-state":
      return { what: "device-state", detail: event.idstr, minor: true, bytes: event.length };
    case "multifd-end":
      return { what: "end", detail: event.reason };
    default:
      return undefined;
  }
}

function messageMark(event: Extract<SessionEvent, { kind: "return-path" }>["event"]): Mark | undefined {
  if (event.kind === "return-path-end") return { what: "end", detail: event.reason };
  if (event.kind === "finding") return undefined;
  switch (event.name) {
    case "REQ_PAGES":
    case "REQ_PAGES_ID":
      return {
        what: "REQ_PAGES",
        detail: event.value?.block ?? null,
        minor: true,
        bytes: event.value?.length ?? 0,
      };
    case "PONG":
      return {
        what: "PONG",
        detail: event.value === PACKAGED_LOADED ? "packaged state loaded" : String(event.value),
      };
    case "RESUME_ACK":
      return { what: "RESUME_ACK", detail: String(event.value) };
    case "SHUT":
      return { what: "SHUT", detail: event.value === null ? null : String(event.value) };
    case "RECV_BITMAP": {
      const { value } = event;
      const have = value ? `: ${value.received} received, ${value.missing} missing` : "";
      return { what: "RECV_BITMAP", detail: `${value?.block ?? "?"}${have}`, pages: value?.missing ?? 0 };
    }
    default:
      return { what: event.name };
  }
}
