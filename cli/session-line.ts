import type { SessionEvent } from "../codec/index.ts";
import { explain } from "../compat/index.ts";

/** One event of a session as a line of `--ndjson`; what a channel's reader tells stands beside the channel. */
export function sessionLine(input: string, event: SessionEvent): string {
  return JSON.stringify({ input, ...flat(event) }, (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
}

function flat(event: SessionEvent) {
  switch (event.kind) {
    case "stream":
    case "multifd":
    case "return-path": {
      const { kind, ...told } = event.event;
      return { kind, channel: event.channel.index, time: event.time, ...told };
    }
    case "channel": {
      const { index, role, direction, migration, connection, name, begins } = event.channel;
      const { kind, time } = event;
      const on = connection?.id ?? null;
      return { kind, channel: index, time, role, direction, migration, connection: on, name, begins };
    }
    case "connection": {
      const { id, client, server, midstream, opened } = event.connection;
      return { kind: event.kind, channel: null, time: opened, connection: id, client, server, midstream };
    }
    case "connection-end": {
      const { kind, time, how, connection } = event;
      const { id, established } = connection;
      return { kind, channel: null, time, connection: id, how, established };
    }
    case "state": {
      const { kind, migration, change } = event;
      const { channel, time, ...rest } = change;
      return { kind, channel, time, migration, ...rest };
    }
    case "gap":
      return { ...event, channel: event.channel.index };
    case "finding": {
      const { kind, channel, time, finding } = event;
      return { kind, channel: channel?.index ?? null, time, finding, ...explain(finding) };
    }
    default:
      return { ...event, channel: null, time: null };
  }
}
