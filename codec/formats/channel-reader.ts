import type { Steps, StreamCursor } from "../layout/index.ts";

/** An incremental reader: push bytes in any chunking, then finish. Chunks are only borrowed during the call. */
export interface ChannelReader {
  push(chunk: Uint8Array): void;
  /** Says that `count` bytes are missing here: the capture does not have them. */
  lose(count: number): void;
  /** Says that the input ends here. */
  finish(): void;
  /** Bytes from here on that the reader will only step over. A seekable source may call `skip` instead of reading them. */
  readonly skippable: number;
  skip(count: number): void;
}

/** Runs the steps of a reader over what is pushed to its cursor. Input behind the last step is ignored. */
export function drive(cursor: StreamCursor, steps: Steps): ChannelReader {
  let done = steps.next().done === true;
  const resume = () => {
    if (!done) done = steps.next().done === true;
  };
  return {
    push(chunk) {
      if (done || chunk.length === 0) return;
      cursor.push(chunk);
      if (!cursor.passes()) resume();
    },
    lose(count) {
      if (done || count === 0) return;
      cursor.lose(count);
      resume();
    },
    finish() {
      cursor.finish();
      resume();
    },
    get skippable() {
      return done ? Number.MAX_SAFE_INTEGER : cursor.skippable;
    },
    skip(count) {
      if (!done) cursor.skipped(count);
    },
  };
}
