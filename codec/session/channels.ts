import type { Direction } from "../capture/events.ts";
import type { Finding, FindingRule } from "../formats/finding.ts";
import type { Channel, SessionEvent } from "./events.ts";
import type { Recognised } from "./flow.ts";
import type { Grouping } from "./grouping.ts";
import type { Identity } from "./identify.ts";
import { channelAgainst, ignore, type Link, OPPOSITE } from "./link.ts";

/** Channels that are read; more can only be hostile. */
const MOST_CHANNELS = 512;
/** Encrypted directions that are told: any of them may be a migration, but a host has many. */
const MOST_TLS = 64;
const NOT_TOLD = -1;

/** Where the bytes of a flow come from: a direction of a connection, or a file. */
export interface Source {
  readonly link: Link | null;
  readonly direction: Direction | null;
  readonly name: string | null;
}

/** The channels of a session. */
export interface Channels {
  /** Makes the channel of a flow that was recognised, and its reader. */
  recognise(found: Identity, offset: number, source: Source): Recognised;
  /** No more channels are read. */
  readonly isFull: boolean;
  /** Main channels that begin a migration. */
  readonly mains: readonly Channel[];
}

export interface ChannelsHost {
  readonly grouping: Grouping;
  now(): number | null;
  emit(event: SessionEvent): void;
  find(channel: Channel, finding: Finding): void;
}

export function createChannels({ grouping, now, emit, find }: ChannelsHost): Channels {
  const mains: Channel[] = [];
  /** Return paths, which are the other direction of a main channel. */
  const answering: Channel[] = [];
  let channels = 0;
  let read = 0;
  let tls = 0;

  /** Bare RAM records seen from the middle are a main channel's where something answers, or where there is no other. */
  function settled(identity: Identity, { link, direction }: Source): Identity {
    if (identity.role !== "postcopy-preempt" || identity.begins !== "middle" || !link || !direction)
      return identity;
    const answered = link.bytes[OPPOSITE[direction]] > 0;
    const elsewhere = answering.some(({ ended }) => ended === null);
    const other = grouping.migrations.some(
      ({ hasMain, endedAt }) => hasMain && endedAt > link.connection.opened,
    );
    return answered || !(other || elsewhere) ? { role: "main", begins: "middle" } : identity;
  }

  function recognise(found: Identity, offset: number, source: Source): Recognised {
    const { link, name, direction: way } = source;
    const other = channelAgainst(link, way);
    const identity = settled(found, source);
    const { begins } = identity;
    const isRead = identity.role !== "unknown" && identity.role !== "tls" && read < MOST_CHANNELS;
    const migration = isRead ? grouping.find(identity, link?.connection ?? null, way, other) : null;
    const role = migration || identity.role === "tls" ? identity.role : "unknown";
    const connection = link?.connection ?? null;
    const direction = DIRECTIONS[role];
    const isTold = migration !== null || name !== null || (role === "tls" && tls++ < MOST_TLS);
    const channel: Channel = {
      index: isTold ? channels++ : NOT_TOLD,
      role,
      direction,
      migration: migration?.index ?? null,
      connection,
      way,
      name,
      begins,
      ended: null,
      bytes: 0,
      lost: 0,
    };
    const again = role === "tls" && link !== null && way !== null && link.ignored[OPPOSITE[way]] === true;
    if (migration) read++;
    else if (link && way) ignore(link, way);
    if (isTold) emit({ kind: "channel", channel, time: now() });
    for (const finding of isTold && !again ? remarksOn(channel) : []) find(channel, finding);
    if (role === "return-path") answering.push(channel);
    if (role === "main" && begins !== "recovery") mains.push(channel);
    return { channel, reader: migration?.open(channel, offset) };
  }

  return {
    recognise,
    mains,
    get isFull() {
      return read >= MOST_CHANNELS;
    },
  };
}

const DIRECTIONS = {
  main: "source-to-destination",
  multifd: "source-to-destination",
  "postcopy-preempt": "source-to-destination",
  "return-path": "destination-to-source",
  tls: null,
  unknown: null,
} as const;

function remarksOn({ role, begins, name }: Channel): Finding[] {
  const remark = (rule: FindingRule, level: Finding["level"]): Finding => ({
    rule,
    level,
    subject: "",
    offset: 0,
    args: {},
  });
  return [
    ...(role === "tls" ? [remark("TLS_OPAQUE", "note")] : []),
    ...(begins === "proposal" ? [remark("MAIN_INIT_PROPOSED", "warning")] : []),
    ...(begins === "middle" ? [remark("CAPTURE_BEGINS_LATE", "warning")] : []),
    ...(role === "unknown" && name !== null ? [remark("CHANNEL_RECOGNISED", "error")] : []),
  ];
}
