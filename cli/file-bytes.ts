import { readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";

/** Beyond this, fewer system calls gain nothing. */
export const CHUNK = 1 << 20;
const EAGAIN_PAUSE_MS = 2;

/** Reading is synchronous, because that is twice as fast; now and then signal handlers get their turn. */
const BREATH_EVERY_MS = 100;
let lastBreath = Date.now();

export function breathe(): Promise<void> | undefined {
  if (Date.now() - lastBreath < BREATH_EVERY_MS) return undefined;
  lastBreath = Date.now();
  return setImmediate();
}

/** Reads what there is, at most as much as the buffer holds; from where the last read ended when no position is given. */
export function readAt(fd: number, buffer: Uint8Array, position: number | null): number {
  for (;;) {
    try {
      return readSync(fd, buffer, 0, buffer.length, position);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, EAGAIN_PAUSE_MS);
    }
  }
}

/** The bytes of a file from `position` on; of a pipe those that still come. Chunks are valid until the next one. */
export function* chunksFrom(fd: number, position: number | null): Generator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK);
  for (let at = position; ; ) {
    const count = readAt(fd, buffer, at);
    if (count === 0) return;
    if (at !== null) at += count;
    yield buffer.subarray(0, count);
  }
}
