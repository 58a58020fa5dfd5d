import type { MultifdCompression, MultifdEvent } from "../formats/multifd/multifd-events.ts";
import type { ReturnPathEvent, ReturnPathMessage } from "../formats/return-path/return-path-events.ts";
import type { Channel, Role, SessionEvent } from "./events.ts";
import type { Room } from "./room.ts";
import { createSummariser, type StreamSummary } from "./summary.ts";

type ChannelEvent = Extract<SessionEvent, { kind: "stream" | "multifd" | "return-path" }>;

interface MultifdPages {
  normal: number;
  zero: number;
}

/** What one channel held. Which of the optional fields are there follows from its role. */
export interface ChannelSummary {
  readonly role: Role;
  readonly direction: Channel["direction"];
  readonly migration: number | null;
  /** Number of its connection in the capture. */
  readonly connection: number | null;
  /** File it was read from, where that is not a capture. */
  readonly name?: string;
  readonly begins?: Channel["begins"];
  readonly bytes: number;
  /** Bytes of them that the capture does not have. */
  readonly lost?: number;
  /** Main channel and preempt channel. */
  readonly stream?: StreamSummary;
  /** Multifd. */
  readonly id?: number | null;
  readonly init?: {
    readonly version: number;
    readonly uuid: string;
    readonly id: number;
    readonly length: number;
  } | null;
  readonly packets?: number;
  readonly syncs?: number;
  readonly compression?: MultifdCompression | "mixed";
  readonly pages?: MultifdPages;
  readonly blocks?: readonly ({ readonly idstr: string | null } & MultifdPages)[];
  /** Bytes of page data, as compressed. */
  readonly payload?: number;
  readonly deviceStates?: readonly {
    readonly idstr: string;
    readonly instance: number;
    readonly packets: number;
    readonly bytes: number;
  }[];
  /** Return path. */
  readonly messages?: readonly MessageSummary[];
  readonly messagesOmitted?: number;
  readonly end?: { readonly reason: string; readonly offset: number };
}

export interface MessageSummary {
  readonly offset: number;
  /** Nanoseconds since the first packet; null where nothing tells the time. */
  readonly time: number | null;
  readonly type: ReturnPathMessage["name"];
  readonly length: number;
  readonly value: ReturnPathMessage["value"];
}

export interface ChannelSummariser {
  event(event: ChannelEvent): void;
  summary(): ChannelSummary;
}

/** Entries kept of each list. */
const LONGEST_LIST = 20_000;
const MOST_NAMES = 256;

type Part = Partial<ChannelSummary>;

export function createChannelSummariser(channel: Channel, room: Room): ChannelSummariser {
  const stream =
    channel.role === "main" || channel.role === "postcopy-preempt" ? createSummariser(room) : undefined;
  const multifd = channel.role === "multifd" ? createMultifdSummariser() : undefined;
  const messages = channel.role === "return-path" ? createMessageSummariser(room) : undefined;
  return {
    event(told) {
      if (told.kind === "stream") stream?.event(told.event);
      else if (told.kind === "multifd") multifd?.event(told.event);
      else messages?.event(told.event, told.time);
    },
    summary() {
      const { role, direction, migration, connection, name, begins, bytes, lost } = channel;
      return {
        role,
        direction,
        migration,
        connection: connection?.id ?? null,
        ...(name === null ? {} : { name }),
        ...(begins === null ? {} : { begins }),
        bytes,
        ...(lost > 0 ? { lost } : {}),
        ...(stream ? { stream: stream.summary() } : {}),
        ...multifd?.summary(),
        ...messages?.summary(),
      };
    },
  };
}

function createMultifdSummariser() {
  let init: NonNullable<Part["init"]> | null = null;
  let packets = 0;
  let syncs = 0;
  let payload = 0;
  let compression: Part["compression"];
  let end: Part["end"];
  const pages = { normal: 0, zero: 0 };
  const blocks = new Map<string | null, MultifdPages>();
  const states = new Map<string, { idstr: string; instance: number; packets: number; bytes: number }>();

  function packet(event: Extract<MultifdEvent, { kind: "multifd-packet" }>): void {
    const { normal, zero, block } = event;
    payload += event.payload;
    if (normal + zero === 0) return;
    pages.normal += normal;
    pages.zero += zero;
    if (normal > 0)
      compression =
        compression === undefined || compression === event.compression ? event.compression : "mixed";
    const known = blocks.get(block) ?? { normal: 0, zero: 0 };
    known.normal += normal;
    known.zero += zero;
    if (blocks.size < MOST_NAMES) blocks.set(block, known);
  }

  return {
    event(event: MultifdEvent): void {
      switch (event.kind) {
        case "multifd-init":
          init = { version: event.version, uuid: event.uuid, id: event.id, length: event.length };
          break;
        case "multifd-packet":
          packets++;
          if (event.sync) syncs++;
          packet(event);
          break;
        case "multifd-device-state": {
          packets++;
          if (event.sync) syncs++;
          const { idstr, instance, length } = event;
          const key = `${instance} ${idstr}`;
          const known = states.get(key) ?? { idstr, instance, packets: 0, bytes: 0 };
          known.packets++;
          known.bytes += length;
          if (states.size < MOST_NAMES) states.set(key, known);
          break;
        }
        case "multifd-end":
          end = { reason: event.reason, offset: event.offset };
          break;
        default:
          break;
      }
    },
    summary: (): Part => ({
      id: init?.id ?? null,
      init,
      packets,
      syncs,
      compression: compression ?? "none",
      pages: { ...pages },
      blocks: [...blocks].map(([idstr, counts]) => ({ idstr, ...counts })),
      payload,
      deviceStates: [...states.values()],
      ...(end ? { end } : {}),
    }),
  };
}

function createMessageSummariser(room: Room) {
  const messages: MessageSummary[] = [];
  let omitted = 0;
  let end: Part["end"];
  return {
    event(event: ReturnPathEvent, time: number | null): void {
      if (event.kind === "return-path-end") end = { reason: event.reason, offset: event.offset };
      if (event.kind !== "message") return;
      const { offset, name: type, length, value } = event;
      if (messages.length < LONGEST_LIST && room.entries-- > 0)
        messages.push({ offset, time, type, length, value });
      else omitted++;
    },
    summary: (): Part => ({
      messages,
      ...(omitted > 0 ? { messagesOmitted: omitted } : {}),
      ...(end ? { end } : {}),
    }),
  };
}
