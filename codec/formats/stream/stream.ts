import { type ChannelReader, drive } from "../channel-reader.ts";
import { type Beginning, inherit, type StreamMemory } from "./qemu-beginning.ts";
import type { StreamSink } from "./qemu-events.ts";
import { createReader, type HeldStates, type InflatePage } from "./qemu-reader.ts";
import { readStream } from "./qemu-stream.ts";

export interface StreamOptions {
  /** Absolute offset of the first byte that will be pushed. */
  readonly offset?: number;
  /** Without it compressed pages are counted, but neither checked nor delivered. */
  readonly inflatePage?: InflatePage;
  /** Shared by readers whose memory is bounded together. */
  readonly heldStates?: HeldStates;
  /** With the file header unless told otherwise. */
  readonly begins?: Beginning;
  /** The main channel whose migration this channel goes on with. */
  readonly continues?: StreamReader;
}

export interface StreamReader extends ChannelReader {
  readonly memory: StreamMemory;
  /** Whether the stream was read to its end; what still comes stands behind it. */
  isComplete(): boolean;
}

/** Reads a QEMU migration stream and tells `sink` what it finds. Throws only for mistakes of migwire's own. */
export function createStreamReader(sink: StreamSink, options: StreamOptions = {}): StreamReader {
  const { offset = 0, inflatePage, heldStates, begins = "header", continues } = options;
  const reader = createReader(sink, offset, inflatePage, heldStates);
  if (continues) inherit(reader, continues.memory);
  return Object.assign(drive(reader.cursor, readStream(reader, begins)), {
    memory: reader,
    isComplete: () => reader.complete,
  });
}
