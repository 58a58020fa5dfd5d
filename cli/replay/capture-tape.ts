import {
  type CaptureSink,
  type ChannelSummary,
  type Connection,
  createCaptureReader,
  createSession,
  createSessionSummariser,
  type Direction,
  type SessionEvent,
} from "../../codec/index.ts";
import { UsageError } from "../exit.ts";
import { closeInput, feed, type Input } from "../io.ts";
import type { Job } from "../jobs.ts";
import type { Output } from "../output.ts";
import { startProgress } from "../progress.ts";
import { readSession } from "../read-session.ts";
import { type Again, destinationsOf, openAgain, type Tape } from "./tape.ts";
import type { Target } from "./target.ts";

/** A capture, of which one migration is replayed. */
export async function captureTape(
  job: Extract<Job, { kind: "capture" }>,
  again: Again,
  wanted: number | undefined,
  output: Output,
): Promise<Tape> {
  const { summary, forward } = await summarise(job, output);
  const migrations = summary.migrations.map(({ index }) => index);
  if (wanted === undefined && migrations.length > 1)
    throw new UsageError(`the capture holds ${migrations.length} migrations, pick one with --migration`);
  const migration = wanted ?? migrations[0];
  if (migration === undefined || !migrations.includes(migration))
    throw new UsageError(`no migration ${wanted ?? ""} is in this capture`);
  const channels = summary.channels.filter((channel) => channel.migration === migration);
  return {
    channels,
    sides: sidesOf(channels),
    play: (targets) => playCapture(openAgain(again), channels, forward, targets, output),
  };
}

/** Which direction of a connection goes to the destination, by the connection's number. */
type Forward = ReadonlyMap<number, Direction>;

export async function summarise(job: Extract<Job, { kind: "capture" | "channels" }>, output: Output) {
  const summariser = createSessionSummariser();
  const forward = new Map<number, Direction>();
  const event = (told: SessionEvent) => {
    summariser.event(told);
    if (told.kind !== "channel") return;
    const { connection, way, direction } = told.channel;
    if (!connection || !way || !direction) return;
    forward.set(connection.id, direction === "source-to-destination" ? way : OPPOSITE[way]);
  };
  await readSession(job, { event }, output);
  return { summary: summariser.summary(), forward };
}

const OPPOSITE = { "client-to-server": "server-to-client", "server-to-client": "client-to-server" } as const;

export function sidesOf(channels: readonly ChannelSummary[]): Target["side"][] {
  const isAnswer = ({ direction }: ChannelSummary) => direction === "destination-to-source";
  return [
    ...(channels.some((channel) => !isAnswer(channel)) ? ["destination" as const] : []),
    ...(channels.some(isAnswer) ? ["source" as const] : []),
  ];
}

async function playCapture(
  input: Input,
  channels: readonly ChannelSummary[],
  forward: Forward,
  targets: readonly Target[],
  output: Output,
): Promise<void> {
  const progress = startProgress(input, output);
  const session = createSession({ event: (event) => follow(event, targets) });
  const player = createPlayer(channels, forward, targets);
  try {
    await feed(input, createCaptureReader(both(session.capture, player)), progress.update);
  } finally {
    progress.stop();
    closeInput(input);
  }
}

/** A source is in postcopy once it has said so. */
function follow(event: SessionEvent, targets: readonly Target[]): void {
  if (event.kind === "channel" && event.channel.begins === "recovery")
    for (const target of targets) target.become("recovery");
  if (event.kind !== "stream" || event.event.kind !== "command") return;
  if (event.event.name === "POSTCOPY_LISTEN") for (const target of targets) target.become("postcopy");
}

function both(session: CaptureSink, player: Player): CaptureSink {
  return {
    ...session,
    established: (connection) => player.open(connection),
    bytes(connection, direction, data, time) {
      session.bytes(connection, direction, data, time);
      player.bytes(connection, direction, data);
    },
    gap(connection, direction, length, time, why) {
      session.gap(connection, direction, length, time, why);
      player.lose(connection, direction, length);
    },
    fin(connection, direction, time) {
      session.fin?.(connection, direction, time);
      player.close(connection, direction);
    },
    end(connection, time, how, by) {
      session.end(connection, time, how, by);
      player.close(connection, null);
    },
  };
}

interface Player {
  open(connection: Connection): void;
  bytes(connection: Connection, direction: Direction, data: Uint8Array): void;
  lose(connection: Connection, direction: Direction, length: number): void;
  /** `null`: both ways. */
  close(connection: Connection, direction: Direction | null): void;
}

/** Gives the bytes of one migration's connections to the peers, in the order in which a server accepts them. */
function createPlayer(
  channels: readonly ChannelSummary[],
  forward: Forward,
  targets: readonly Target[],
): Player {
  const destinations = destinationsOf(targets);
  const sources = targets.filter(({ side }) => side === "source");
  const wanted = new Map(channels.map((channel) => [channel.connection, channel]));
  const late = new Set(
    channels.filter(({ begins }) => begins === "middle").map(({ connection }) => connection),
  );
  const isForward = ({ id }: Connection, direction: Direction) => forward.get(id) === direction;
  const numbers = new Map<number, number>();
  const numberOf = ({ id }: Connection) => {
    if (!wanted.has(id)) return undefined;
    let number = numbers.get(id);
    if (number === undefined) {
      number = destinations.connect();
      numbers.set(id, number);
      if (late.has(id)) destinations.lose(number, 0);
    }
    return number;
  };
  return {
    open: (connection) => void numberOf(connection),
    bytes(connection, direction, data) {
      const number = numberOf(connection);
      if (number === undefined) return;
      if (isForward(connection, direction)) destinations.push(number, data);
      else for (const target of sources) target.push(0, data);
    },
    lose(connection, direction, length) {
      const number = numberOf(connection);
      if (number === undefined) return;
      if (isForward(connection, direction)) destinations.lose(number, length);
      else for (const target of sources) target.lose(0, length);
    },
    close(connection, direction) {
      const number = numbers.get(connection.id);
      if (number === undefined) return;
      if (direction === null || isForward(connection, direction)) destinations.close(number);
    },
  };
}
