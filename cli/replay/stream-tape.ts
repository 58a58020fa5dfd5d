import { type ChannelReader, createSummariser } from "../../codec/index.ts";
import { closeInput, feed, type Input } from "../io.ts";
import type { Source } from "../jobs.ts";
import type { Output } from "../output.ts";
import { startProgress } from "../progress.ts";
import { readStream } from "../read-stream.ts";
import { type Again, destinationsOf, mainChannel, openAgain, type Tape } from "./tape.ts";

/** One stream in a file: what a destination reads on its only connection. */
export async function streamTape(source: Source, again: Again, output: Output): Promise<Tape> {
  const summariser = createSummariser();
  const input = source.open();
  const { findings } = await readStream(input, summariser, output);
  const summary = summariser.summary();
  return {
    offset: input.offset,
    channels: [mainChannel(summary)],
    read: { summary, findings, start: input.offset },
    setup: { transport: "file" },
    sides: ["destination"],
    async play(targets) {
      const destinations = destinationsOf(targets);
      const connection = destinations.connect();
      await feedThrough(openAgain(again), (chunk) => destinations.push(connection, chunk), output);
    },
  };
}

/** Reads an input to its end, and gives each chunk away. */
async function feedThrough(input: Input, take: (chunk: Uint8Array) => void, output: Output): Promise<void> {
  const progress = startProgress(input, output);
  try {
    await feed(input, readerOf(take), progress.update);
  } finally {
    progress.stop();
    closeInput(input);
  }
}

/** A reader that keeps nothing. */
export function readerOf(take: (chunk: Uint8Array) => void): ChannelReader {
  return { push: take, lose: () => {}, finish: () => {}, skippable: 0, skip: () => {} };
}
