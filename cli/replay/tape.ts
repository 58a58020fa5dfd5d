import type { ChannelSummary } from "../../codec/index.ts";
import type { PeerOptions } from "../../compat/peers/peer.ts";
import type { ReadStream } from "../../compat/replay/described.ts";
import type { Input } from "../io.ts";
import type { Source } from "../jobs.ts";
import type { Output } from "../output.ts";
import type { Target } from "./target.ts";

/** An input that was looked at once, and is read again when it is given to peers. */
export interface Tape {
  /** What was said of its channels; they are of one migration. */
  readonly channels: readonly ChannelSummary[];
  /** Where in its file a stream begins. */
  readonly offset?: number;
  /** Its only channel as it was read before. */
  readonly read?: ReadStream;
  /** How a peer is set up, where that is not told by the channels. */
  readonly setup?: PeerOptions;
  /** What a peer can play: who is given the bytes that are there. */
  readonly sides: readonly Target["side"][];
  play(targets: readonly Target[], output: Output): Promise<void>;
}

/** Finds the inputs once more, to be opened again. */
export type Again = () => readonly Source[];

/** The only input. */
export function openAgain(again: Again): Input {
  const [source] = again();
  if (!source) throw new TypeError("an input that was there is not there any more");
  return source.open();
}

/** A channel of a stream that is in no session. */
export function mainChannel(stream: NonNullable<ChannelSummary["stream"]>): ChannelSummary {
  return {
    role: "main",
    direction: "source-to-destination",
    migration: 0,
    connection: null,
    bytes: stream.end.offset,
    stream,
  };
}

/** Gives all bytes that come to one connection of all destinations. */
export function destinationsOf(targets: readonly Target[]) {
  const destinations = targets.filter(({ side }) => side === "destination");
  return {
    connect: () => destinations.map((target) => target.connect())[0] ?? 0,
    push(connection: number, chunk: Uint8Array): void {
      for (const target of destinations) target.push(connection, chunk);
    },
    lose(connection: number, count: number): void {
      for (const target of destinations) target.lose(connection, count);
    },
    close(connection: number): void {
      for (const target of destinations) target.close(connection);
    },
  };
}
