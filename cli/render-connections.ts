import type { ChannelSummary, ConnectionSummary, SessionSummary } from "../codec/index.ts";
import type { Paint } from "./output.ts";
import { columns, milliseconds, plural } from "./text.ts";

/** Connections shown that are part of a migration, and others. */
const MOST = 40;
const MOST_OTHERS = 4;

const HEAD = [
  "#",
  "channels",
  "client",
  "server",
  "opened",
  "accepted",
  "ended",
  "how",
  "bytes →",
  "bytes ←",
  "lost",
];
const NUMBERS = new Set([0, 4, 5, 6, 8, 9, 10]);

/** A table with one line a connection: ends, times in milliseconds since the first packet, bytes. */
export function connectionLines(
  { channels, connections, connectionsOmitted }: SessionSummary,
  labels: ReadonlyMap<number, string>,
  paint: Paint,
): string[] {
  const accepted = acceptOrder(connections);
  const known: string[][] = [];
  const others: string[][] = [];
  for (const connection of connections) {
    const mine = channels
      .map((channel, index) => ({ channel, index }))
      .filter(({ channel }) => channel.connection === connection.id);
    const names = [...new Set(mine.map(({ index }) => labels.get(index) ?? ""))];
    const row = rowOf(
      connection,
      names.join(", ") || (hasData(connection) ? "unknown" : "no data"),
      mine.map(({ channel }) => channel),
      accepted.get(connection.id),
    );
    (mine.length > 0 ? known : others).push(row);
  }
  const rows = [...known.slice(0, MOST), ...others.slice(0, MOST_OTHERS)];
  if (rows.length === 0) return [];
  const [head = "", ...body] = columns([HEAD, ...rows], NUMBERS);
  const left = connections.length + connectionsOmitted - rows.length;
  return [
    paint("bold", head),
    ...body,
    ...(left > 0 ? [`and ${plural(left, "more connection")}`] : []),
    paint("dim", "times in ms since the first packet, accepted with its place among those of the server"),
  ];
}

function rowOf(
  { id, client, server, midstream, opened, established, ended, how, bytes }: ConnectionSummary,
  names: string,
  channels: readonly ChannelSummary[],
  place: number | undefined,
): string[] {
  const lost = channels.reduce((sum, channel) => sum + (channel.lost ?? 0), 0);
  return [
    String(id),
    names,
    endpoint(client),
    `→ ${endpoint(server)}`,
    midstream ? "before" : milliseconds(opened),
    established === null ? "-" : `${place}. ${milliseconds(established)}`,
    ended === null || how === "open" ? "-" : milliseconds(ended),
    how ?? "-",
    String(bytes["client-to-server"]),
    String(bytes["server-to-client"]),
    lost === 0 ? "" : String(lost),
  ];
}

function hasData({ bytes }: ConnectionSummary): boolean {
  return bytes["client-to-server"] + bytes["server-to-client"] > 0;
}

function endpoint({ address, port }: ConnectionSummary["client"]): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Servers accept connections in the order in which their handshakes are completed. */
function acceptOrder(connections: readonly ConnectionSummary[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  const counts = new Map<string, number>();
  const done = connections.filter(({ established }) => established !== null);
  for (const { id, server } of done.toSorted((a, b) => (a.established ?? 0) - (b.established ?? 0))) {
    const place = (counts.get(endpoint(server)) ?? 0) + 1;
    counts.set(endpoint(server), place);
    places.set(id, place);
  }
  return places;
}
