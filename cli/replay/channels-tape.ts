import { type ChannelSummary, INIT_LENGTH } from "../../codec/index.ts";
import { closeInput, readFrom } from "../io.ts";
import type { Job, Source } from "../jobs.ts";
import type { Output } from "../output.ts";
import { sidesOf, summarise } from "./capture-tape.ts";
import { type Again, destinationsOf, type Tape } from "./tape.ts";
import type { Target } from "./target.ts";
import { createTurns } from "./turns.ts";

/** The files of the channels of one migration. Nothing tells their times: they are read in turn, a piece of each. */
export async function channelsTape(
  job: Extract<Job, { kind: "channels" }>,
  again: Again,
  output: Output,
): Promise<Tape> {
  const { summary } = await summarise(job, output);
  const { channels } = summary;
  return {
    channels,
    sides: sidesOf(channels),
    async play(targets) {
      const isPostcopy = summary.migrations.some(({ postcopy }) => postcopy !== null);
      for (const target of targets) if (isPostcopy) target.become("postcopy");
      const sources = again();
      for (const [i, attempt] of attemptsOf(channels).entries()) {
        if (i > 0) for (const target of targets) target.become("recovery");
        const files = attempt.map((index) => openFor(targets, sources[index], channels[index]?.role));
        const turns = createTurns(files.length);
        await Promise.all(files.map((file) => playFile(file, turns)));
        for (const { close } of files) close();
      }
    },
  };
}

/** Indices of the channels of the first attempt and of each recovery, which has one main channel and what belongs to it. */
function attemptsOf(channels: readonly ChannelSummary[]): number[][] {
  const attempts: number[][] = [[]];
  const seen = new Map<string, number>();
  for (const [i, { role, begins }] of channels.entries()) {
    const isAlone = role === "main" || role === "return-path" || role === "postcopy-preempt";
    const before = seen.get(role) ?? 0;
    const attempt = begins === "recovery" ? Math.max(1, before) : isAlone ? before : 0;
    seen.set(role, attempt + 1);
    const indices = attempts[attempt] ?? [];
    attempts[attempt] = [...indices, i];
  }
  return attempts.filter((attempt) => attempt.length > 0);
}

interface PlayedFile {
  readonly file: Source;
  readonly role: string | undefined;
  push(chunk: Uint8Array): void;
  close(): void;
}

function openFor(targets: readonly Target[], file: Source | undefined, role: string | undefined): PlayedFile {
  if (!file) throw new TypeError("a channel that was there is not there any more");
  const destinations = destinationsOf(targets);
  if (role !== "return-path") {
    const connection = destinations.connect();
    return {
      file,
      role,
      push: (chunk) => destinations.push(connection, chunk),
      close: () => destinations.close(connection),
    };
  }
  const sources = targets.filter(({ side }) => side === "source");
  const push = (chunk: Uint8Array) => {
    for (const source of sources) source.push(0, chunk);
  };
  return { file, role, push, close: () => {} };
}

/** A multifd channel is introduced before any sends pages, as a source does that waits for the destination's memory. */
async function playFile(
  { file, role, push }: PlayedFile,
  turns: ReturnType<typeof createTurns>,
): Promise<void> {
  const input = file.open();
  let begun = role !== "multifd";
  try {
    if (begun) await turns.wait();
    const take = async (chunk: Uint8Array) => {
      if (begun) push(chunk);
      else {
        begun = true;
        const kept = chunk.slice();
        push(kept.subarray(0, INIT_LENGTH));
        await turns.wait();
        push(kept.subarray(INIT_LENGTH));
      }
      await turns.wait();
    };
    await readFrom(input, take, () => {});
  } finally {
    turns.leave();
    closeInput(input);
  }
}
