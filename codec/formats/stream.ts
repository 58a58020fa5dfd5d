import type { StreamSink } from "./qemu-events.ts";
import { createReader, type InflatePage } from "./qemu-reader.ts";
import { readStream } from "./qemu-stream.ts";

/** An incremental reader: push bytes in any chunking, then finish. Chunks are only borrowed during the call. */
export interface StreamReader {
  push(chunk: Uint8Array): void;
  /** Says that the input ends here. */
  finish(): void;
  /** Bytes from here on that the reader will only step over. A seekable source may call `skip` instead of reading them. */
  readonly skippable: number;
  skip(count: number): void;
}

export interface StreamOptions {
  /** Absolute offset of the first byte that will be pushed. */
  readonly offset?: number;
  /** Without it compressed pages are counted, but neither checked nor delivered. */
  readonly inflatePage?: InflatePage;
}

/** Reads a QEMU migration stream and tells `sink` what it finds. Throws only for mistakes of migwire's own. */
export function createStreamReader(sink: StreamSink, options: StreamOptions = {}): StreamReader {
  const reader = createReader(sink, options.offset ?? 0, options.inflatePage);
  const steps = readStream(reader);
  let done = steps.next().done === true;
  const resume = () => {
    if (!done) done = steps.next().done === true;
  };
  return {
    push(chunk) {
      if (done || chunk.length === 0) return;
      reader.cursor.push(chunk);
      if (!reader.cursor.passes()) resume();
    },
    finish() {
      reader.cursor.finish();
      resume();
    },
    get skippable() {
      return done ? Number.MAX_SAFE_INTEGER : reader.cursor.skippable;
    },
    skip(count) {
      if (!done) reader.cursor.skipped(count);
    },
  };
}
