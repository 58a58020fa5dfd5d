import type { CaptureSink, Connection, Direction, Endpoint } from "../capture/events.ts";
import type { ChannelReader } from "../formats/channel-reader.ts";
import type { Finding } from "../formats/finding.ts";
import { FINDINGS_PER_RULE } from "../formats/finding-counts.ts";
import { createChannels, type Source } from "./channels.ts";
import type { Channel, SessionOptions, SessionSink } from "./events.ts";
import { createFlow, type Flow } from "./flow.ts";
import { createGrouping } from "./grouping.ts";
import { type Identity, identify } from "./identify.ts";
import { channelAgainst, createLink, finishFlow, ignore, type Link, WAYS } from "./link.ts";

/** All channels of all migrations in one capture, or in files given together. */
export interface Session {
  /** Where a capture reader tells its connections. */
  readonly capture: CaptureSink;
  /** A file that holds one direction of one channel; `as` overrides what its bytes say. */
  file(name: string, as?: Identity): ChannelReader;
  finish(): void;
}

/** Flows without a beginning that are searched at the same time. */
const MOST_PROBES = 32;
/** Flows of which too few bytes have come to say what they are; in a capture of other things there may be millions. */
const MOST_UNDECIDED = 2048;
/** Gaps of one channel that are told one by one. */
const GAPS_PER_CHANNEL = 8;

const NOTHING: Uint8Array = new Uint8Array(0);

export function createSession(sink: SessionSink, options: SessionOptions = {}): Session {
  const links = new Map<Connection, Link>();
  const files: Flow[] = [];
  const told = new Map<string, number>();
  const untold: Record<string, number> = {};
  let probes = 0;
  let undecided = 0;
  let time: number | null = null;

  function find(channel: Channel | null, finding: Finding): void {
    const key = `${channel && channel.migration !== null ? channel.index : ""} ${finding.rule}`;
    const count = (told.get(key) ?? 0) + 1;
    told.set(key, count);
    const most = finding.rule === "CAPTURE_GAP" ? GAPS_PER_CHANNEL : FINDINGS_PER_RULE;
    if (count <= most) sink.event({ kind: "finding", channel, finding, time });
    else untold[finding.rule] = (untold[finding.rule] ?? 0) + 1;
  }

  const grouping = createGrouping({
    options,
    sentMemory: { bytes: 0 },
    heldStates: { bytes: 0 },
    now: () => time,
    emit: (event) => sink.event(event),
    find,
    ...(sink.page ? { page: sink.page.bind(sink) } : {}),
    ...(sink.state ? { state: sink.state.bind(sink) } : {}),
  });

  const channels = createChannels({ grouping, now: () => time, emit: (event) => sink.event(event), find });

  function makeFlow(source: Source, midstream: boolean, as?: Identity): Flow {
    let probing = false;
    undecided++;
    return createFlow(
      {
        answers: () => channelAgainst(source.link, source.direction)?.role === "main",
        recognised: (identity, offset) => {
          if (probing) probes--;
          undecided--;
          return channels.recognise(identity, offset, source);
        },
        gap(channel, length, why) {
          const offset = channel.bytes;
          sink.event({ kind: "gap", channel, offset, length, why, time });
          find(channel, {
            rule: "CAPTURE_GAP",
            level: "warning",
            subject: "",
            offset,
            args: { length, why },
          });
        },
        mayProbe() {
          if (probes >= MOST_PROBES) return false;
          probes++;
          probing = true;
          return true;
        },
      },
      midstream,
      as,
    );
  }

  /** A destination may take the first connection for its main channel, even if nothing ever comes on it. */
  function remarkOnEmpty({ connection: { id, server, established }, bytes }: Link): void {
    if (established === null || bytes["client-to-server"] > 0) return;
    const main = channels.mains.find(
      ({ connection }) =>
        connection && isSame(connection.server, server) && (connection.established ?? 0) > established,
    );
    if (!main) return;
    const args = {
      early: (main.connection?.established ?? 0) - established,
      what: `a connection without data (number ${id})`,
    };
    find(main, { rule: "MAIN_CHANNEL_FIRST", level: "warning", subject: "", offset: 0, args });
  }

  function begin(link: Link, direction: Direction, head: Uint8Array): Flow | undefined {
    const source = { link, direction, name: null };
    const other = channelAgainst(link, direction);
    const { midstream } = link.connection;
    const identity = identify(head, undecided >= MOST_UNDECIDED, other?.role === "main");
    const isNone = identity?.role === "unknown" && !(midstream && probes < MOST_PROBES);
    if (isNone || (identity && identity.role !== "tls" && channels.isFull)) {
      ignore(link, direction);
      return undefined;
    }
    const flow = makeFlow(source, midstream);
    link.flows[direction] = flow;
    return flow;
  }

  function flowOf(link: Link, direction: Direction, data: Uint8Array): Flow | undefined {
    const flow = link.flows[direction];
    return flow || link.ignored[direction] ? flow : begin(link, direction, data);
  }

  function close(link: Link, how: "fin" | "rst" | "open", by: Direction | undefined): void {
    for (const direction of WAYS) finishFlow(link, direction, how, by);
    remarkOnEmpty(link);
    for (const { channel } of Object.values(link.flows))
      if (channel && channel.migration !== null && channel.role === "main")
        grouping.migrations[channel.migration]?.close(channel, how, channel.ended?.by ?? null);
  }

  const capture: CaptureSink = {
    connection(connection) {
      time = connection.opened;
      links.set(connection, createLink(connection));
      sink.event({ kind: "connection", connection });
    },
    bytes(connection, direction, data, at) {
      time = at;
      const link = links.get(connection);
      if (!link) return;
      link.bytes[direction] += data.length;
      flowOf(link, direction, data)?.push(data);
    },
    gap(connection, direction, length, at, why) {
      time = at;
      const link = links.get(connection);
      if (!link) return;
      link.bytes[direction] += length;
      flowOf(link, direction, NOTHING)?.lose(length, why);
    },
    fin(connection, direction, at) {
      time = at;
      const link = links.get(connection);
      if (!link) return;
      link.closedBy ??= direction;
      finishFlow(link, direction, "fin", link.closedBy);
    },
    end(connection, at, how, by) {
      time = at;
      const link = links.get(connection);
      if (!link) return;
      links.delete(connection);
      const closed = how === "fin" || how === "rst" ? how : "open";
      close(link, closed, by ?? link.closedBy);
      sink.event({ kind: "connection-end", connection, how, bytes: link.bytes, time: at });
    },
    finding(finding) {
      find(null, finding);
    },
  };

  return {
    capture,
    file(name, as) {
      const flow = makeFlow({ link: null, direction: null, name }, false, as);
      files.push(flow);
      return flow;
    },
    finish() {
      for (const flow of files) {
        const { channel } = flow;
        if (channel?.role === "main" && channel.migration !== null)
          grouping.migrations[channel.migration]?.close(channel, "open", null);
      }
      for (const migration of grouping.migrations) migration.finish();
      sink.event({ kind: "session-end", untold });
    },
  };
}

const isSame = (a: Endpoint, b: Endpoint) => a.port === b.port && a.address === b.address;
